/**
 * The direction of dependencies, as rules a machine checks. Each rule is named, says why, and is proved by a seeded
 * violation under tests/architecture/seeded/<rule name>/ that must be caught by exactly that rule.
 *
 *   domain <- contract <- main | renderer        contract <- preload        simulators stand outside
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** Parts of src/main that touch the outside world. They never know who composes them. */
const ADAPTERS = 'dcs|journal|recorder|packs|users|training|serve|reports|paper|platform';

/** What only the shell and its stand-ins may load: the binary is not there in plain Node. */
const ELECTRON = '(^|node_modules/)electron(/|$)';

module.exports = {
  forbidden: [
    {
      name: 'no-circular', severity: 'error',
      comment: 'A cycle hides which part owns what.',
      from: { path: '^(src|simulators|scripts)/' }, to: { circular: true },
    },
    {
      name: 'no-unresolved', severity: 'error',
      comment: 'An import nobody can resolve escapes every other rule.',
      from: { path: '^(src|simulators|scripts)/' }, to: { couldNotResolve: true },
    },
    {
      name: 'domain-is-pure', severity: 'error',
      comment: 'Runs anywhere: no I/O, no clock, no framework. Itself, zod, xstate, and the vocabulary files of the contract.',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', '^src/contract/(text|refusal|evidence|work-permits|report|platform|drill|handover|unit-sign)\\.ts$', 'node_modules/(zod|xstate)/'] },
    },
    {
      name: 'xstate-only-in-procedures', severity: 'error',
      comment: 'Not everything is a statechart; conditions and interlocks must be evaluable without one.',
      from: { path: '^src/', pathNot: '^src/domain/procedures/' }, to: { path: 'node_modules/xstate/' },
    },
    {
      name: 'contract-stands-alone', severity: 'error',
      comment: 'The one thing both halves share: itself and zod, so that neither half drags the other in.',
      from: { path: '^src/contract/' }, to: { pathNot: ['^src/contract/', 'node_modules/zod/'] },
    },
    {
      name: 'preload-sees-only-contract', severity: 'error',
      comment: 'Runs with more rights than the page: electron and the contract, nothing else.',
      from: { path: '^src/preload/' }, to: { pathNot: ['^src/(preload|contract)/', ELECTRON] },
    },
    {
      name: 'renderer-sees-only-contract', severity: 'error',
      comment: 'The console shows what the station decided; whoever imports a decision will compute it a second time.',
      from: { path: '^src/renderer/' }, to: { path: '^(src/(domain|main|preload)|scripts)/' },
    },
    {
      name: 'renderer-has-no-node', severity: 'error',
      comment: 'The console is a web page in both hosts. Its build configuration is not part of it.',
      from: { path: '^src/renderer/', pathNot: '^src/renderer/vite\\.config\\.ts$' }, to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-do-not-reach-across', severity: 'error',
      comment: 'Two screens talk through the contract, the store or app/, not through each other.',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'dexie-behind-its-store', severity: 'error',
      comment: 'One place knows how the read model is kept.',
      from: { path: '^src/', pathNot: '^src/renderer/store/' }, to: { path: 'node_modules/dexie/' },
    },
    {
      name: 'charts-behind-their-component', severity: 'error',
      comment: 'Recharts for slow charts, uPlot for live ones; the screens must not have to know.',
      from: { path: '^src/', pathNot: '^src/renderer/ui/charts/' }, to: { path: 'node_modules/(recharts|uplot)/' },
    },
    {
      name: 'opcua-behind-its-adapters', severity: 'error',
      comment: 'Quality, staleness and certificates are handled in one place. training/ alone may write, and only to a simulator.',
      from: { path: '^src/', pathNot: '^src/main/(dcs|training)/' }, to: { path: 'node_modules/node-opcua' },
    },
    {
      name: 'electron-only-in-shell', severity: 'error',
      comment: 'Merely importing electron without its binary tries to download it; and whatever needs it cannot run headless.',
      from: { path: '^(src|simulators|scripts)/', pathNot: '^src/(main/shell|preload)/' }, to: { path: ELECTRON },
    },
    {
      name: 'web-server-only-in-serve', severity: 'error',
      comment: 'One door to the network, with its token and origin checks. Handing on to a platform (D.2) goes out by the HTTPS client of Node, which the same module holds; it opens no door, and the two rules below keep it to that.',
      from: { path: '^src/', pathNot: '^src/main/(serve|platform)/' },
      to: { path: ['node_modules/ws/', '^(node:)?(http|https|http2)$'] },
    },
    {
      name: 'platform-only-asks', severity: 'error',
      comment: 'platform/ may use node:https for its client (request, Agent) in one file, and types of node:http; never a server of any kind, never without encryption. That client.ts takes no more than the client out of node:https is a test of its own: a module graph does not know names.',
      from: { path: '^src/main/platform/' },
      to: { path: ['node_modules/ws/', '^(node:)?(http|http2|net|dgram)$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'https-client-in-one-file', severity: 'error',
      comment: 'The client of the platform is the only thing of ours that calls out over HTTPS; everything it does is bounded there.',
      from: { path: '^src/main/platform/', pathNot: '^src/main/platform/client\\.ts$' },
      to: { path: '^(node:)?(https|tls)$' },
    },
    {
      name: 'shell-never-reaches-serve', severity: 'error',
      comment: 'The desktop program must not carry a web server, not even by a detour.',
      from: { path: '^src/main/shell/' }, to: { path: '^src/main/serve/|node_modules/ws/', reachable: true },
    },
    {
      name: 'sqlite-only-in-journal', severity: 'error',
      comment: 'The journal is the one record; nobody writes beside it. The recorder\'s samples are too many for it; it vouches for them by hash.',
      from: { path: '^src/', pathNot: '^src/main/(journal|recorder)/' }, to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'adapters-do-not-compose', severity: 'error',
      comment: 'Only station/, shell/ and cli compose. The content security policy is a constant both hosts share, not a part of the station.',
      from: { path: `^src/main/(${ADAPTERS})/` },
      to: { path: '^src/main/(station|shell|cli)(/|\\.ts$)', pathNot: '^src/main/station/csp\\.ts$' },
    },
    {
      name: 'adapters-do-not-know-each-other', severity: 'error',
      comment: 'The station wires them. training may use the connection of dcs: it is the same wire.',
      from: { path: `^src/main/(${ADAPTERS})/` },
      to: { path: `^src/main/(${ADAPTERS})/`, pathNot: ['^src/main/$1/', '^src/main/dcs/'] },
    },
    {
      name: 'only-training-uses-dcs', severity: 'error',
      comment: 'The other half of the rule above.',
      from: { path: '^src/main/(journal|recorder|packs|users|serve|reports|paper|platform)/' }, to: { path: '^src/main/dcs/' },
    },
    {
      name: 'station-knows-no-host', severity: 'error',
      comment: 'The same station runs under Electron, under serve and under a test.',
      from: { path: '^src/main/station/' }, to: { path: '^src/main/(shell|serve|cli)(/|\\.ts$)' },
    },
    {
      name: 'main-not-renderer', severity: 'error',
      comment: 'The station does not know how it is shown.',
      from: { path: '^src/(main|preload|domain|contract)/' }, to: { path: '^src/renderer/' },
    },
    {
      name: 'product-never-imports-simulators-or-tests', severity: 'error',
      comment: 'What runs beside a plant holds no stand-in of a plant.',
      from: { path: '^src/' }, to: { path: '^(tests|simulators)/' },
    },
    {
      name: 'simulators-are-outside', severity: 'error',
      comment: 'A simulator that imports the product cannot disagree with it.',
      from: { path: '^simulators/' }, to: { path: '^(src|tests|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.vite|out|\\.tmp|\\.haven)/' },
    tsPreCompilationDeps: true, // type-only imports count: a type is knowledge too
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
