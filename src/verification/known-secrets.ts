const SECRET_NAME =
  /(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|_PASS|_PAT|_AUTH|(?:ACCESS|API|AUTH|ENCRYPTION|PRIVATE|SECRET|SIGNING|SSH)_?KEY)$/i;

/** Masking less would take ordinary words out of the output. */
const MIN_LENGTH = 8;

/**
 * What this process itself could let slip: values of its own environment whose names say that they are secret. No
 * command inherits them, but one may find them in `/proc`; the job holds none of any worth, unless somebody gave it some.
 */
export function knownSecrets(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const values = Object.entries(env).flatMap(([name, value = '']) =>
    SECRET_NAME.test(name) ? [value] : passwordsOf(value),
  );
  return [...new Set(values)].filter((value) => value.length >= MIN_LENGTH);
}

/** The password of an address, such as a proxy's, as it is written and as it is meant. */
function passwordsOf(value: string): readonly string[] {
  if (!URL.canParse(value)) return [];
  const { password } = new URL(value);
  return [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
