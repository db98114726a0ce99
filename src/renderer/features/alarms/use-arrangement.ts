/** One arrangement for a list on screen, and the hand on it: pointer or focus within holds the order (hmi: nothing moves under the hand). */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { FocusEvent, PointerEvent } from 'react';
import { useConsole } from '../../store/console-context.ts';
import { Arrangement } from './arrangement.ts';
import type { ListSettings } from './arrangement.ts';

/** A hand that has not moved for so long is not at the list; the next movement holds it again. */
export const HAND_IDLE_MS = 60_000;

/** `settings` by the person; `isFlood` groups when the hand is off. */
export function useArrangement(settings: ListSettings): Arrangement {
  const { model } = useConsole();
  const [arrangement] = useState(() => new Arrangement(model.alarms, settings));
  useEffect(() => arrangement.follow(), [arrangement]);
  const { list, order, filter, isGrouped } = settings;
  useEffect(() => {
    const { isGrouped: was } = arrangement.current;
    arrangement.set({ list, order, filter, isGrouped: was });
  }, [arrangement, list, order, filter]);
  useEffect(() => arrangement.regroup(isGrouped), [arrangement, isGrouped]);
  useSyncExternalStore(arrangement.subscribe, arrangement.currentVersion);
  return arrangement;
}

export type HandProps = { onPointerMove(event: PointerEvent): void; onPointerDown(event: PointerEvent): void; onPointerLeave(event: PointerEvent): void; onKeyDownCapture(): void; onFocus(): void; onBlur(event: FocusEvent<HTMLElement>): void };

export function useHand(arrangement: Arrangement): HandProps {
  const hand = useRef<{ isPointerIn: boolean; isFocusIn: boolean; timer: ReturnType<typeof setTimeout> | null }>({ isPointerIn: false, isFocusIn: false, timer: null });
  const stir = useCallback(() => {
    if (hand.current.timer !== null) clearTimeout(hand.current.timer);
    hand.current.timer = setTimeout(() => arrangement.release(), HAND_IDLE_MS);
    arrangement.hold();
  }, [arrangement]);
  const letGo = useCallback(() => {
    if (hand.current.isPointerIn || hand.current.isFocusIn) return;
    if (hand.current.timer !== null) clearTimeout(hand.current.timer);
    arrangement.release();
  }, [arrangement]);
  useEffect(() => {
    const current = hand.current;
    return () => { if (current.timer !== null) clearTimeout(current.timer); };
  }, []);
  return {
    onPointerMove: () => { hand.current.isPointerIn = true; stir(); },
    onPointerDown: () => { hand.current.isPointerIn = true; stir(); },
    // A finger leaves with every tap; what it tapped must stay put for the next one.
    onPointerLeave: (event) => { hand.current.isPointerIn = false; if (event.pointerType === 'mouse') letGo(); },
    onKeyDownCapture: stir,
    onFocus: () => { hand.current.isFocusIn = true; stir(); },
    onBlur: (event) => { if (event.currentTarget.contains(event.relatedTarget)) return; hand.current.isFocusIn = false; letGo(); },
  };
}
