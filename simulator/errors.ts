export const DOCS = 'https://docs.github.com/rest';

export interface FieldError {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
  readonly value?: string | null;
}

/**
 * A refusal of the REST API, with the body GitHub documents: message, documentation_url, status and errors. It is an
 * answer and no defect: nobody asks where it was made, and GraphQL would work that out for every name it does not find.
 */
export class ApiError extends Error {
  override readonly stack = '';
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly FieldError[],
    type?: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.headers = headers;
    this.status = status;
    this.errors = errors;
    this.type = type ?? graphqlType(status);
  }
}

/** The `type` GraphQL gives an error that REST tells by status. */
function graphqlType(status: number): string {
  if (status === 403) return 'FORBIDDEN';
  if (status === 404) return 'NOT_FOUND';
  return 'UNPROCESSABLE';
}

export function notFound(message = 'Not Found'): ApiError {
  return new ApiError(404, message);
}

/**
 * A header names what it would have taken, where that is a permission
 * (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible).
 */
export function notAccessible(need?: {
  readonly permission: string;
  readonly access: string;
}): ApiError {
  const accepted = need === undefined ? '' : `${need.permission.replace('-', '_')}=${need.access}`;
  const headers: Readonly<Record<string, string>> =
    accepted === '' ? {} : { 'x-accepted-github-permissions': accepted };
  const message = 'Resource not accessible by integration';
  return new ApiError(403, message, undefined, undefined, headers);
}

export function validationFailed(...errors: readonly FieldError[]): ApiError {
  return new ApiError(422, 'Validation Failed', errors);
}

export function unprocessable(message: string): ApiError {
  return new ApiError(422, message);
}
