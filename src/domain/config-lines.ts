import { type Event, EVENT_ID, getScalarValue } from 'js-yaml';

/** Where a node of a YAML file stands, and where those below it do. */
export interface YamlNode {
  /** 1-based; that of the key for a mapping's value. */
  readonly line: number;
  readonly children: Map<string, YamlNode>;
  /** Nodes that it stands for, with its aliases written out. */
  size: number;
}

export type Path = readonly (string | number)[];

interface KeyPlace {
  readonly name: string;
  readonly line: number;
}

export interface NodeIndex {
  /** Null where there is no document or an empty one. */
  root: YamlNode | null;
  documents: number;
  readonly keys: KeyPlace[];
  readonly duplicates: (KeyPlace & { readonly firstLine: number })[];
  /** The line of an alias inside the very node it names. */
  recursiveAlias: number | null;
}

interface Frame {
  readonly kind: 'document' | 'sequence' | 'mapping';
  readonly node: YamlNode;
  key: KeyPlace | null;
}

/** The line of the deepest node on the path that the file has. */
export function lineOf(root: YamlNode, path: Path): number {
  let node = root;
  for (const step of path) {
    const below = node.children.get(String(step));
    if (below === undefined) break;
    node = below;
  }
  return node.line;
}

/** Whether the file has a node at the very end of the path. */
export function hasNode(root: YamlNode, path: Path): boolean {
  let node: YamlNode | undefined = root;
  for (const step of path) node = node?.children.get(String(step));
  return node !== undefined;
}

/** js-yaml's events carry offsets and its values none, so that the lines are gathered here. */
export function indexNodes(text: string, events: readonly Event[]): NodeIndex {
  return new NodeIndexer(text).index(events);
}

class NodeIndexer {
  readonly #text: string;
  readonly #lineStarts: readonly number[];
  readonly #frames: Frame[] = [];
  readonly #anchors = new Map<string, YamlNode>();
  readonly #index: NodeIndex = {
    root: null,
    documents: 0,
    keys: [],
    duplicates: [],
    recursiveAlias: null,
  };

  constructor(text: string) {
    this.#text = text;
    this.#lineStarts = lineStarts(text);
  }

  index(events: readonly Event[]): NodeIndex {
    for (const event of events) this.#read(event);
    return this.#index;
  }

  #read(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.#anchors.clear();
        this.#index.documents += 1;
        this.#open('document', newNode(1));
        return;
      case EVENT_ID.SCALAR:
        this.#readScalar(event);
        return;
      case EVENT_ID.ALIAS:
        this.#readAlias(event);
        return;
      case EVENT_ID.POP:
        this.#close();
        return;
      default: {
        const kind = event.type === EVENT_ID.MAPPING ? 'mapping' : 'sequence';
        this.#open(kind, this.#place(event.start, event));
      }
    }
  }

  #readScalar(event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): void {
    const frame = this.#frames.at(-1);
    if (frame?.kind === 'mapping' && frame.key === null) {
      const name = getScalarValue(this.#text, event);
      frame.key = { name, line: this.#lineAt(event.valueStart) };
      this.#index.keys.push(frame.key);
      return;
    }
    if (event.valueStart < 0 && frame?.kind === 'document') return;
    this.#attach(this.#place(event.valueStart, event));
  }

  #readAlias(event: Extract<Event, { type: typeof EVENT_ID.ALIAS }>): void {
    const line = this.#lineAt(event.anchorStart);
    const anchor = this.#anchors.get(this.#text.slice(event.anchorStart, event.anchorEnd));
    if (anchor !== undefined && this.#frames.some((frame) => frame.node === anchor)) {
      this.#index.recursiveAlias ??= line;
      return;
    }
    const { children, size } = anchor ?? newNode(line);
    this.#attach({ line: this.#keyLine() ?? line, children, size });
  }

  /** A new node, known by its anchor if it has one. */
  #place(offset: number, event: { anchorStart: number; anchorEnd: number }): YamlNode {
    const node = newNode(this.#keyLine() ?? this.#lineAt(offset));
    if (event.anchorStart >= 0) {
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
    }
    return node;
  }

  #open(kind: Frame['kind'], node: YamlNode): void {
    this.#frames.push({ kind, node, key: null });
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame !== undefined && frame.kind !== 'document') this.#attach(frame.node);
  }

  #attach(node: YamlNode): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    frame.node.size += node.size;
    if (frame.kind === 'document') {
      this.#index.root ??= node;
      return;
    }
    if (frame.kind === 'sequence') {
      frame.node.children.set(String(frame.node.children.size), node);
      return;
    }
    if (frame.key === null) {
      frame.key = { name: '', line: node.line };
      return;
    }
    this.#addEntry(frame.node, frame.key, node);
    frame.key = null;
  }

  #addEntry(parent: YamlNode, key: KeyPlace, node: YamlNode): void {
    const first = parent.children.get(key.name);
    if (first !== undefined) this.#index.duplicates.push({ ...key, firstLine: first.line });
    parent.children.set(key.name, node);
  }

  /** The line of the key whose value comes next; null outside a mapping. */
  #keyLine(): number | null {
    return this.#frames.at(-1)?.key?.line ?? null;
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

function newNode(line: number): YamlNode {
  return { line, children: new Map(), size: 1 };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\r|\n/g)) starts.push(end.index + end[0].length);
  return starts;
}
