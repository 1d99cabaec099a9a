import { blowsOf } from './blows.ts';
import { Player, type Play, type Schedule, type Strike } from './player.ts';
import type { Scenario } from './scenarios.ts';
import { renderSeed } from './seed.ts';

/** What was played, and what of it did not come to the same end as without faults. */
export interface Findings {
  readonly played: number;
  /** The shortest traces first. */
  readonly diverged: readonly Divergence[];
}

export interface Divergence {
  readonly seed: string;
  /** Every way in which it did not, in words. */
  readonly why: readonly string[];
  readonly play: Play;
}

/** A scenario with its fault-free play, which all others are held against. */
export class Explorer {
  readonly scenario: Scenario;
  readonly player: Player;
  readonly whole: Play;
  /** Worlds from which it is known to converge. */
  private readonly known: Set<string>;

  private constructor(scenario: Scenario, player: Player, whole: Play) {
    this.scenario = scenario;
    this.player = player;
    this.whole = whole;
    this.known = new Set(whole.keys);
  }

  static async prepare(scenario: Scenario): Promise<Explorer> {
    const player = await Player.prepare(scenario);
    return new Explorer(scenario, player, await player.play([]));
  }

  /** Every fault at every call, and the process's death before and after it; then a second one at each later call. */
  async explore(depth: 1 | 2): Promise<Findings> {
    const diverged: Divergence[] = [];
    let played = 0;
    const check = async (schedule: Schedule): Promise<void> => {
      played += 1;
      const found = await this.check(schedule);
      if (found !== null) diverged.push(found);
    };
    for (const strike of strikesFrom(this.whole, 0)) {
      await check([strike]);
      if (depth === 1) continue;
      for (const second of strikesFrom(await this.player.play([strike]), strike.at)) {
        await check([strike, second]);
      }
    }
    diverged.sort((a, b) => a.play.trace.length - b.play.trace.length);
    return { played, diverged };
  }

  /** Why a schedule did not converge, or null; a play that reached a known world ends there. */
  private async check(schedule: Schedule): Promise<Divergence | null> {
    const play = await this.player.play(schedule, this.known);
    return this.judge(renderSeed(this.scenario.name, schedule), play);
  }

  judge(seed: string, play: Play): Divergence | null {
    const why = [
      ...(play.quiet ? [] : ['It never came to a sweep that writes nothing.']),
      ...(play.image === null || play.image === this.whole.image
        ? []
        : ['The world is another one:', ...difference(this.whole.image ?? '', play.image)]),
    ];
    if (why.length > 0) return { seed, why, play };
    for (const key of play.keys) this.known.add(key);
    return null;
  }

  async close(): Promise<void> {
    await this.player.close();
  }
}

function strikesFrom({ trace, busy }: Play, after: number): readonly Strike[] {
  return trace
    .slice(0, busy)
    .flatMap((call, index) =>
      index < after ? [] : blowsOf(call).map((blow) => ({ at: index + 1, blow })),
    );
}

/** The lines that only one of two texts has. */
function difference(wanted: string, found: string): readonly string[] {
  const [left, right] = [wanted.split('\n'), found.split('\n')];
  const missing = left.filter((line) => !right.includes(line)).map((line) => `- ${line.trim()}`);
  const added = right.filter((line) => !left.includes(line)).map((line) => `+ ${line.trim()}`);
  return [...missing, ...added];
}
