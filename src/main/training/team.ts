/**
 * Who stands where, and who took part in the exercise that runs. A post is handed on and left; that somebody took part stays, with the post that
 * was held last: what a person has shown (H.2) is not undone by getting up from the console, and whoever took part signs for nobody.
 */
import type { Participant } from '../../contract/training.ts';

export interface TeamAtBegin {
  /** Begins it and leads nobody; null: nobody is logged on, or it is led. */
  readonly trainee: { readonly user: string; readonly name: string } | null;
  /** Leads it and takes no post. */
  readonly leader: string | null;
  /** Has a log-on that is still good, at whatever console. */
  readonly isHere: (user: string) => boolean;
}

export class Team {
  readonly #posts = new Map<string, Participant>();
  /** null: no exercise runs. */
  #tookPart: Map<string, Participant> | null = null;

  /** One post each, also before an exercise begins. */
  get posts(): readonly Participant[] { return [...this.#posts.values()]; }
  /** Of the exercise that runs, those who have left their post included. */
  get tookPart(): readonly Participant[] { return [...(this.#tookPart?.values() ?? [])]; }

  /** Who holds a post, or has held one in the exercise that runs: sees no truth of it, leads nothing in it. */
  isTrainee(user: string): boolean {
    return this.#posts.has(user) || this.#tookPart?.has(user) === true;
  }

  /** Takes a post; whoever held it stands down. */
  join(who: Participant): void {
    for (const [user, { post }] of this.#posts) if (post === who.post && who.post !== 'alone') this.#posts.delete(user);
    this.#posts.set(who.user, who);
    this.#tookPart?.set(who.user, who);
  }

  leave(user: string): void {
    this.#posts.delete(user);
  }

  /** Posts of people who have gone home are nobody's: an exercise is not recorded of who is not there. */
  begin({ trainee, leader, isHere }: TeamAtBegin): void {
    for (const [user, { post }] of this.#posts) if (post === 'alone' || user === leader || !isHere(user)) this.#posts.delete(user);
    if (trainee !== null && !this.#posts.has(trainee.user)) this.#posts.set(trainee.user, { ...trainee, post: 'alone' });
    this.#tookPart = new Map(this.#posts);
  }

  /** It is over; whoever trained alone has no post any more. */
  end(): void {
    this.#tookPart = null;
    for (const [user, { post }] of this.#posts) if (post === 'alone') this.#posts.delete(user);
  }
}
