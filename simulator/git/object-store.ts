import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { git } from './git-process.ts';
import { History } from './history.ts';
import { ObjectDatabase } from './object-database.ts';

/** Where a bare repository comes to lie; `scratch` takes files on their way into it. */
export interface Place {
  readonly directory: string;
  readonly scratch: string;
}

/**
 * The objects of one repository, or of several that have them in common as those of a network have on GitHub, with the
 * git processes that read and write them.
 */
export class ObjectStore {
  readonly directory: string;
  readonly objects: ObjectDatabase;
  readonly history: History;

  private constructor({ directory, scratch }: Place) {
    this.directory = directory;
    this.objects = new ObjectDatabase(directory, scratch);
    this.history = new History(directory, this.objects);
  }

  /** Creates it in a bare repository, which may be the only one. */
  static async create(place: Place, branch: string): Promise<ObjectStore> {
    const { directory, scratch } = place;
    await Promise.all([
      mkdir(dirname(directory), { recursive: true }),
      mkdir(scratch, { recursive: true }),
    ]);
    const init = ['init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`];
    await git(scratch, [...init, directory]);
    return new ObjectStore(place);
  }

  /** Makes one more bare repository of these objects. */
  async share(directory: string, branch: string): Promise<void> {
    const objects = join(this.directory, 'objects');
    await cp(this.directory, directory, { recursive: true, filter: (file) => file !== objects });
    await symlink(objects, join(directory, 'objects'));
    await writeFile(join(directory, 'HEAD'), `ref: refs/heads/${branch}\n`);
  }

  async close(): Promise<void> {
    await Promise.all([this.objects.close(), this.history.close()]);
  }
}
