/** A screen that breaks must not take the frame with it: stop and evacuate stay (architecture rule 7). */
import { Component } from 'react';
import type { ReactNode } from 'react';

export class ScreenBoundary extends Component<{ children: ReactNode; message: string }, { failed: string | null }> {
  override state: { failed: string | null } = { failed: null };
  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
  override render(): ReactNode {
    return this.state.failed === null ? this.props.children : <p className="problem" role="alert"><strong>{this.props.message}</strong><span className="problem-detail">{this.state.failed}</span></p>;
  }
}
