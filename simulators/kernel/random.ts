/**
 * Seeded random numbers whose whole state is four words, so that a snapshot replays the same noise bit for bit.
 * Source: sfc32, C. Doty-Humphrey, PractRand (public domain); normal deviates by Box-Muller. Dimensionless.
 */
export class RandomSource {
  readonly #words = new Uint32Array(4);

  constructor(seed: number) {
    this.#words.set([seed >>> 0, 0x9e3779b9, 0x243f6a88, 1]);
    for (let i = 0; i < 15; i++) this.word();
  }

  word(): number {
    const s = this.#words;
    const sum = (s[0]! + s[1]! + s[3]!) >>> 0;
    s[3] = s[3]! + 1;
    s[0] = s[1]! ^ (s[1]! >>> 9);
    s[1] = s[2]! + (s[2]! << 3);
    s[2] = ((s[2]! << 21) | (s[2]! >>> 11)) + sum;
    return sum;
  }

  /** 0 <= u < 1 */
  uniform(): number {
    return this.word() / 4294967296;
  }

  /** mean 0, standard deviation 1 */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log((this.word() + 1) / 4294967297));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  snapshot(): number[] {
    return [...this.#words];
  }

  restore(words: readonly number[]): void {
    this.#words.set(words.slice(0, 4));
  }
}
