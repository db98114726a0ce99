/** Bottom of the frame: the interlocks, and the way to safety in its corner, the same on every screen (hmi rules 3, 4). */
import { InterlockStrip } from './InterlockStrip.tsx';
import { RetreatCorner } from './RetreatCorner.tsx';

export function Footer() {
  return (
    <footer className="footer">
      <InterlockStrip />
      <RetreatCorner />
    </footer>
  );
}
