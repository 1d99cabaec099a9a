import { ApiError, notFound } from '../errors.ts';
import type { Ruleset } from '../model.ts';
import { rulesetsFor } from '../operations/protection.ts';
import { refusal } from '../permissions.ts';
import type { Schemas } from '../present/account.ts';
import { repositoryPage, repositoryUrl } from '../present/repository.ts';
import { mayRead, ok, page, param } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

type Rule = Schemas['repository-rule-detailed'];

/** https://docs.github.com/rest/repos/rules#get-rules-for-a-branch */
async function getBranchRules(request: RestRequest): Promise<Reply<Rule[]>> {
  const { repo } = request;
  mayRead(request, 'metadata');
  const rules = rulesetsFor(repo, param(request, 'branch')).flatMap(({ id, rules: own }) =>
    own.map((rule) => ({ rule, id })),
  );
  return page(request, rules, ({ rule, id }) => detailed(rule, id, repo.fullName));
}

function detailed(rule: Ruleset['rules'][number], id: number, source: string): Rule {
  const about = { ruleset_source_type: 'Repository', ruleset_source: source, ruleset_id: id };
  return { ...rule, ...about } as Rule;
}

/** Who may bypass it is told only to those who may change it (https://docs.github.com/rest/repos/rules#get-a-repository-ruleset). */
function getRuleset(request: RestRequest): Reply<Schemas['repository-ruleset']> {
  const { world, repo, credential } = request;
  mayRead(request, 'metadata');
  const found = repo.rulesets.find(({ id }) => id === Number(param(request, 'id')));
  if (found === undefined) throw notFound();
  const need = { permission: 'administration', access: 'write', role: 'admin' } as const;
  const actors = { bypass_actors: [...found.bypassActors] };
  const self = `${repositoryUrl(world, repo)}/rulesets/${String(found.id)}`;
  const html = `${repositoryPage(world, repo)}/rules/${String(found.id)}`;
  return ok({
    id: found.id,
    name: found.name,
    target: 'branch',
    source_type: 'Repository',
    source: repo.fullName,
    enforcement: found.enforcement,
    ...(refusal(repo, credential, need) === null ? actors : {}),
    conditions: { ref_name: { include: [...found.include], exclude: [...found.exclude] } },
    rules: [...found.rules],
    _links: { self: { href: self }, html: { href: html } },
  });
}

/** Who may not see it is told 404, as is who asks about a branch without (https://docs.github.com/rest/branches/branch-protection#get-branch-protection). */
function getProtection(request: RestRequest): Reply<Schemas['branch-protection']> {
  const { world, repo, credential } = request;
  const need = { permission: 'administration', access: 'read', role: 'admin' } as const;
  const refused = refusal(repo, credential, need);
  if (refused !== null) throw credential.kind === 'user' ? notFound() : refused;
  const branch = param(request, 'branch');
  if (repo.git.branch(branch) === null) throw notFound('Branch not found');
  const found = repo.protections.get(branch);
  if (found === undefined) throw new ApiError(404, 'Branch not protected');
  return ok({ url: `${repositoryUrl(world, repo)}/branches/${branch}/protection`, ...found });
}

/** Before those of branches, whose names may hold slashes. */
export const rulesetRoutes: readonly Route[] = [
  { method: 'GET', template: '/rules/branches/{branch+}', handle: getBranchRules },
  { method: 'GET', template: '/rulesets/{id}', handle: getRuleset },
  { method: 'GET', template: '/branches/{branch+}/protection', handle: getProtection },
];
