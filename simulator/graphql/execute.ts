import { execute, GraphQLError, Kind, OperationTypeNode, parse, validate } from 'graphql';
import type { DocumentNode, GraphQLFieldResolver } from 'graphql';

import { ApiError } from '../errors.ts';
import { isJsonObject, JsonBody } from '../json-body.ts';
import type { Call } from '../call-log.ts';
import type { Caller, Context, Resolver } from './context.ts';
import { repositoryNode } from './repository-node.ts';
import { rootObject } from './root.ts';
import { githubSchema } from './schema.ts';

/** A GraphQL answer: refusals are in `errors`, and the status is 200 all the same. */
export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/** Runs a document; what it is made of goes into the call's record first. */
export async function runDocument(
  caller: Caller,
  body: JsonBody,
  call: Call,
): Promise<GraphqlAnswer> {
  const query = body.optional('query') ?? '';
  const document = known.get(query) ?? parsed(query);
  if (document instanceof GraphQLError) return { errors: [present(document)] };
  describe(call, document);
  const invalid = invalidities(document);
  if (invalid.length > 0) return { errors: invalid.map(present) };
  const context = { ...caller, repositoryNode };
  const result = await execute({
    schema: githubSchema(),
    document,
    rootValue: rootObject(context),
    contextValue: context,
    variableValues: body.object('variables')?.value ?? {},
    operationName: body.optional('operationName') ?? null,
    fieldResolver: resolveField,
  });
  for (const error of result.errors ?? []) rethrowBug(error);
  const errors = result.errors?.map(present);
  return { ...(result.data !== undefined && { data: result.data }), ...(errors && { errors }) };
}

/** Documents that were parsed: clients send few different ones, and each is validated once. */
const known = new Map<string, DocumentNode>();
const MOST_KNOWN = 1000;
const validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();

function invalidities(document: DocumentNode): readonly GraphQLError[] {
  const errors = validated.get(document) ?? validate(githubSchema(), document);
  validated.set(document, errors);
  return errors;
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    const document = parse(query);
    if (known.size < MOST_KNOWN) known.set(query, document);
    return document;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function describe(call: Call, document: DocumentNode): void {
  const operations: string[] = [];
  const mutations: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (definition.name) operations.push(definition.name.value);
    if (definition.operation !== OperationTypeNode.MUTATION) continue;
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind === Kind.FIELD) mutations.push(selection.name.value);
    }
  }
  call.operations = operations;
  call.mutations = mutations;
  call.access = mutations.length > 0 ? 'write' : 'read';
}

function isResolver(value: unknown): value is Resolver {
  return typeof value === 'function';
}

/** A field the schema has and no object answers is a gap in the simulator, never a null. */
const resolveField: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const value = isJsonObject(source) ? source[info.fieldName] : undefined;
  if (value === undefined) {
    const what = `${info.parentType.name}.${info.fieldName}`;
    context.world.calls.unknown.push({ kind: 'graphql', what });
    throw new ApiError(501, `The simulator has no ${what}`, undefined, 'NOT_SIMULATED');
  }
  return isResolver(value) ? value(new JsonBody(args), info) : value;
};

/** Only refusals are answers; anything else is a defect of the simulator and must not look like one. */
function rethrowBug(error: GraphQLError): void {
  const { originalError } = error;
  if (originalError && !(originalError instanceof ApiError)) throw originalError;
}

function present(error: GraphQLError) {
  const { originalError, message, path, locations } = error;
  if (!(originalError instanceof ApiError)) return { message, locations, ...(path && { path }) };
  const told = originalError.errors?.[0]?.message ?? message;
  return { type: originalError.type, path, locations, message: told };
}
