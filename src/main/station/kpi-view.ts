/** Sections `kpiWords`, `kpi` and `forecast` of the view, made anew only as often as people can read them. */
import type { ForecastSection, KpiSection, MovingView, View } from '../../contract/view.ts';
import { Forecaster } from '../../domain/forecast/forecaster.ts';
import type { Moving } from '../../domain/forecast/forecaster.ts';
import { shapeOf } from '../../domain/forecast/time-to-limit.ts';
import { limitsByTag } from '../../domain/forecast/limits.ts';
import { KPI_DEFS } from '../../domain/kpi/definitions.ts';
import { kpiEventOf } from '../../domain/kpi/events.ts';
import type { KpiEvent } from '../../domain/kpi/events.ts';
import { PERIODS_MS, RollingKpis } from '../../domain/kpi/rolling.ts';
import type { PeriodName } from '../../domain/kpi/rolling.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { JsonValue } from '../../domain/journal/canonical-json.ts';

const KPI_EVERY_MS = 10_000;
const FORECAST_EVERY_MS = 1_000;
/** Of the history: read before the station goes on, and in one slice afterwards (a few milliseconds). */
const AT_ONCE_EVENTS = 20_000;
const SLICE_EVENTS = 500;
/** New events that wait for the end of the history. */
const WAITING_MAX = 500_000;
const PERIODS = Object.keys(PERIODS_MS) as PeriodName[];

const METHOD = {
  zh: '按近期走势（直线，弯曲明显时按变化率的增减）推算；区间由仿真装置上实测的真值与推算值之比得出，目标为十次中有九次包含真值。上限为∞：可能到不了。仅供参考，不参与任何判断。',
  en: 'Carried on from the recent course (straight, or with the growth or decay of the rate where it is clear). The interval comes from true over reckoned times measured on a simulated plant, made to hold the truth nine times in ten. No upper end: it may never get there. For people only; it decides nothing.',
};

export class KpiView {
  readonly words: View['kpiWords'] = { definitions: KPI_DEFS.map(({ id, name, definition, unit, target, limit, good, source }) => ({ id, name, definition, unit, target, limit, good, source })) };
  readonly #plant: Plant;
  readonly #kpis = new RollingKpis();
  readonly #forecaster: Forecaster;
  #kpi: { readonly atMs: number; readonly section: KpiSection } | null = null;
  #forecast: ForecastSection | null = null;
  #reckonedMs = Number.NEGATIVE_INFINITY;
  #isBroken = false;
  /** Events that came while the history was being read; null = it has been read. */
  #waiting: KpiEvent[] | null = null;

  constructor(plant: Plant) {
    this.#plant = plant;
    this.#forecaster = new Forecaster(limitsByTag(plant.pack.conditions));
  }

  /** Every new fact, in its order. While the history is still being read it waits for its turn. */
  tell(facts: Iterable<Fact>): void {
    this.#guarded(() => { for (const { type, atMs, by, data } of facts) this.#take(kpiEventOf({ type, atMs, by, data: data as JsonValue })); });
  }

  #take(event: KpiEvent): void {
    if (this.#waiting === null) this.#kpis.apply(event);
    // Whatever says no more than that the station was alive need not be kept for later.
    else if (event.kind !== 'alive' && this.#waiting.push(event) > WAITING_MAX) this.#break();
  }

  /**
   * What the journal holds of the last 30 days, in slices: a few records at once, as in a small plant's first days; more of them while the
   * station already works. Until then the figures are not known.
   */
  restore(history: Iterator<KpiEvent>): void {
    this.#waiting = [];
    const slice = (size: number): void => {
      this.#guarded(() => {
        for (let i = 0; i < size; i += 1) {
          const next = history.next();
          if (next.done === true) return this.#restored();
          this.#kpis.apply(next.value);
        }
        setImmediate(() => slice(SLICE_EVENTS));
      });
    };
    slice(AT_ONCE_EVENTS);
  }

  #restored(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#kpi = null;
    for (const event of waiting) this.#kpis.apply(event);
  }

  take(batch: readonly Sample[]): void {
    this.#guarded(() => { for (const sample of batch) this.#forecaster.add(sample); });
  }

  kpi(atMs: number): KpiSection {
    const nowMs = Math.trunc(atMs);
    if (this.#isBroken || this.#waiting !== null) return { periods: [], series: [] };
    if (this.#kpi !== null && nowMs - this.#kpi.atMs < KPI_EVERY_MS) return this.#kpi.section;
    const periods = PERIODS.map((period): KpiSection['periods'][number] => {
      const { fromMs, toMs, observedMs, isShort, raised, values, top } = this.#kpis.report(period, nowMs);
      return {
        period, fromMs: Math.max(0, fromMs), toMs: Math.round(toMs), observedMs, isShort, raised,
        values: values.map(({ id, value, verdict }) => ({ id, value: value === null ? null : Number(value.toPrecision(4)), verdict })),
        top: top.map(({ id, raised: count }) => ({ id, title: this.#plant.alarms.get(id)?.title ?? { zh: id, en: id }, raised: count })),
      };
    });
    this.#kpi = { atMs: nowMs, section: { periods, series: this.#kpis.series(nowMs).map(({ startMs, raised }) => ({ startMs: Math.max(0, startMs), raised })) } };
    return this.#kpi.section;
  }

  forecast(nowMs: number): ForecastSection {
    if (this.#forecast !== null && nowMs - this.#reckonedMs < FORECAST_EVERY_MS) return this.#forecast;
    this.#reckonedMs = nowMs;
    const { engine } = this.#plant;
    const moving = this.#isBroken ? [] : this.#forecaster.read(nowMs, (tag) => engine.readingOf(tag)?.quality ?? 'bad').map(movingView);
    // A section that says nothing stays the same, so that it is not pushed each second.
    if (moving.length === 0 && this.#forecast?.moving.length === 0) return this.#forecast;
    this.#forecast = { atMs: Math.round(nowMs), method: METHOD, moving };
    return this.#forecast;
  }

  /** These figures are for people and decide nothing: should one of them ever break, the station goes on without them. */
  #guarded(work: () => void): void {
    if (this.#isBroken) return;
    try {
      work();
    } catch {
      this.#break();
    }
  }

  #break(): void {
    this.#isBroken = true;
    this.#waiting = null;
    this.#kpi = null;
    this.#forecast = null;
  }
}

function movingView({ tag, rate, ahead }: Moving): MovingView {
  return {
    tag, perMinute: Number((rate * 60).toPrecision(3)),
    ahead: ahead === null ? null : {
      condition: ahead.limit.condition, comparison: ahead.limit.comparison, limit: ahead.limit.limit,
      leftMs: whole(ahead.left.leftMs), lowMs: Math.round(ahead.left.lowMs), highMs: whole(ahead.left.highMs), course: shapeOf(ahead.left.course),
    },
  };
}

const whole = (ms: number | null): number | null => (ms === null ? null : Math.round(ms));
