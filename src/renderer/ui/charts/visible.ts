/** Whether an element is on screen: hidden charts must cost nothing. */
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

export function useVisible<E extends HTMLElement>(initially = false): [RefObject<E | null>, boolean] {
  const ref = useRef<E | null>(null);
  const [visible, setVisible] = useState(initially);
  useEffect(() => {
    if (ref.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => setVisible(entries.some((entry) => entry.isIntersecting)));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, visible];
}
