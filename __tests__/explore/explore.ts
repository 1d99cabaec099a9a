import { blowsOf } from './blows.ts';
import { imageOf, type Image } from './image.ts';
import type { Schedule, Strike, Traced } from './job-take.ts';
import { MAX_SWEEPS, Player, type Place, type Play } from './player.ts';
import type { Scenario } from './scenarios.ts';
import { renderSeed } from './seed.ts';

/** How many schedules lead on from a place, and of them those that do not come to the same end as without faults. */
export interface Tally {
  readonly schedules: number;
  readonly diverged: number;
}

export interface Findings extends Tally {
  /** How many jobs were run for it. */
  readonly jobs: number;
  /** One for each world that is another one in the end. */
  readonly divergences: readonly Divergence[];
}

export interface Divergence {
  readonly seed: string;
  /** Every way in which it did not, in words. */
  readonly why: readonly string[];
}

/** What befell on the way to a place. */
interface Path {
  readonly schedule: Schedule;
  readonly failures: readonly string[];
}

const UNHARMED: Path = { schedule: [], failures: [] };

/**
 * Plays a scenario with every fault at every call, and with every pair of them. Where two schedules come to the same
 * world with the same jobs due, what follows is played once and counts for both.
 */
export class Explorer {
  readonly scenario: Scenario;
  readonly player: Player;
  /** The fault-free play, which all others are held against. */
  readonly whole: Play;
  private readonly wanted: Image;
  /** By place, faults that are left and whether a job failed; null while it is under way. */
  private readonly tallies = new Map<string, Tally | null>();
  private readonly divergences: Divergence[] = [];
  private jobs = 0;
  private heed: (divergence: Divergence) => void = () => undefined;

  private constructor(scenario: Scenario, player: Player, whole: Play, wanted: Image) {
    this.scenario = scenario;
    this.player = player;
    this.whole = whole;
    this.wanted = wanted;
  }

  static async prepare(scenario: Scenario): Promise<Explorer> {
    const player = await Player.prepare(scenario);
    const whole = await player.play([]);
    player.goTo(whole.end);
    return new Explorer(scenario, player, whole, await imageOf(player.engine));
  }

  /**
   * Every fault at every call until a sweep writes nothing, and the process's death before and after it; with a depth
   * of 2, also a second one at each later call. `heed` hears of what diverges while it goes on.
   */
  async explore(depth: 1 | 2, heed = this.heed): Promise<Findings> {
    this.heed = heed;
    const tally = await this.visit(await this.player.begin(), UNHARMED, depth);
    // The one without any fault is none of them.
    return this.findings({ ...tally, schedules: tally.schedules - 1 });
  }

  /** The events each told three times, with any of them lost, and in every order. */
  async disorder(): Promise<Findings> {
    const { events } = this.player;
    let tally: Tally = NONE;
    for (const order of disorders(events.map((_, index) => index))) {
      const told = order.flatMap((index) => events[index] ?? []);
      tally = sum(tally, await this.visit(await this.player.begin(told), UNHARMED, 0));
    }
    return this.findings(tally);
  }

  /** What the simulator was asked and does not know. */
  unknown(): readonly unknown[] {
    return this.player.unknown();
  }

  /** Every way in which a world differs from that of the fault-free play. */
  async differences(place: Place, failures: readonly string[]): Promise<readonly string[]> {
    this.player.goTo(place);
    const image = await imageOf(this.player.engine);
    // Where a job failed, the evidence it had is gone with it; everything else must be there.
    const kind = failures.length > 0 ? 'withoutEvidence' : 'exact';
    if (image[kind] === this.wanted[kind]) return [];
    return ['The world is another one:', ...difference(this.wanted[kind], image[kind])];
  }

  async close(): Promise<void> {
    await this.player.close();
  }

  /** All that may follow from a place, with so many faults still to come. */
  private async visit(place: Place, path: Path, left: number): Promise<Tally> {
    const id = `${place.key} ${left} ${path.failures.length > 0}`;
    const known = this.tallies.get(id);
    if (known === null) return this.diverge(path, ['It comes to the same world again and again.']);
    if (known !== undefined) return known;
    this.tallies.set(id, null);
    const tally = await this.follow(place, path, left);
    this.tallies.set(id, tally);
    return tally;
  }

  private async follow(place: Place, path: Path, left: number): Promise<Tally> {
    if (await this.player.isQuiet(place)) {
      const why = await this.differences(place, path.failures);
      return why.length === 0 ? ONE : this.diverge(path, why);
    }
    if (place.sweeps < MAX_SWEEPS) return this.run(place, [], { ...path, left });
    return this.diverge(path, ['It never came to a sweep that writes nothing.']);
  }

  /** Plays the job that is next there with those strikes, and with each that may yet come after them. */
  private async run(
    place: Place,
    struck: Schedule,
    { schedule, failures, left }: Path & { readonly left: number },
  ): Promise<Tally> {
    const { trace, failure, to } = await this.player.step(place, struck);
    this.jobs += 1;
    const path = {
      schedule: [...schedule, ...struck],
      failures: failure === null ? failures : [...failures, failure],
    };
    let tally = await this.visit(to, path, left);
    if (left === 0) return tally;
    for (const strike of strikesIn(trace, place.calls, struck.at(-1)?.at ?? 0)) {
      const rest = { schedule, failures, left: left - 1 };
      tally = sum(tally, await this.run(place, [...struck, strike], rest));
    }
    return tally;
  }

  private diverge({ schedule, failures }: Path, why: readonly string[]): Tally {
    const seed = renderSeed(this.scenario.name, schedule);
    const divergence = { seed, why: [...failures, ...why] };
    this.divergences.push(divergence);
    this.heed(divergence);
    return { schedules: 1, diverged: 1 };
  }

  private findings(tally: Tally): Findings {
    const { jobs } = this;
    const divergences = this.divergences.splice(0).sort((a, b) => a.seed.length - b.seed.length);
    return { ...tally, jobs, divergences };
  }
}

const NONE: Tally = { schedules: 0, diverged: 0 };
const ONE: Tally = { schedules: 1, diverged: 0 };

function sum(a: Tally, b: Tally): Tally {
  return { schedules: a.schedules + b.schedules, diverged: a.diverged + b.diverged };
}

/** Everything that may befall a job's calls, of which the first is one more than `before`, later than `after`. */
function strikesIn(trace: readonly Traced[], before: number, after: number): readonly Strike[] {
  return trace.flatMap((call, index) => {
    const at = before + index + 1;
    return at <= after ? [] : blowsOf(call).map((blow) => ({ at, blow }));
  });
}

/** Each three times, every subset, and every permutation. */
function disorders(all: readonly number[]): readonly (readonly number[])[] {
  const tripled = all.flatMap((index) => [index, index, index]);
  const subsets = all.reduce<readonly (readonly number[])[]>(
    (sets, index) => [...sets, ...sets.map((set) => [...set, index])],
    [[]],
  );
  return [tripled, [...all, ...all], ...subsets, ...permutations(all)];
}

function permutations(all: readonly number[]): readonly (readonly number[])[] {
  if (all.length < 2) return [all];
  return all.flatMap((first) =>
    permutations(all.filter((one) => one !== first)).map((rest) => [first, ...rest]),
  );
}

/** The lines that only one of two texts has. */
function difference(wanted: string, found: string): readonly string[] {
  const [left, right] = [wanted.split('\n'), found.split('\n')];
  const missing = left.filter((line) => !right.includes(line)).map((line) => `- ${line.trim()}`);
  const added = right.filter((line) => !left.includes(line)).map((line) => `+ ${line.trim()}`);
  return [...missing, ...added];
}
