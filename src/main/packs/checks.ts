/** The table of checks. Each is small, each has its line of broken packs in tests/unit/packs. */
import * as authority from './check-authority.ts';
import * as alarms from './check-alarms.ts';
import * as commands from './check-commands.ts';
import * as conditions from './check-conditions.ts';
import * as contradictions from './check-contradictions.ts';
import * as course from './check-course.ts';
import * as directions from './check-directions.ts';
import * as interlocks from './check-interlocks.ts';
import * as measures from './check-measures.ts';
import * as permits from './check-permits.ts';
import * as plant from './check-plant.ts';
import * as procedures from './check-procedures.ts';
import * as prohibitions from './check-prohibitions.ts';
import * as proofs from './check-proofs.ts';
import * as steps from './check-steps.ts';
import * as targets from './check-targets.ts';
import * as zones from './check-zones.ts';
import { collectComplaints } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import * as general from './check-general.ts';
import { resolveDraft } from './resolve.ts';
import type { ResolvedDraft } from './resolve.ts';
import type { Draft, SiteSource } from './draft.ts';
import { namesOf } from './names.ts';
import type { CommonNames } from './names.ts';
import type { BrokenNames } from './broken-names.ts';

const PLANT_CHECKS: readonly plant.PlantCheck[] = [
  plant.oneTitle, plant.oneNamespace, plant.oneCard, plant.uniqueIds, plant.idsFit, plant.hasProcedures, plant.tagRangesAndAreas, plant.zonesCount, zones.camerasShow, zones.fencesAlarm, zones.protectionIsKnown, interlocks.interlockParts, interlocks.initiatorsVote, interlocks.hazardsAreGuarded, interlocks.creditIsPromised, plant.everyTagUsed,
  measures.measuresMakeSense, measures.noCycles,
  conditions.startsExist, conditions.rolesFitStarts, conditions.alarmsHaveCards, conditions.inputsAreUsed, conditions.prohibitionsAreNamed,
  alarms.settingsFitClass, alarms.timeSuffices, alarms.guidelineFigureHolds,
  contradictions.ladderIsInOrder, contradictions.allCanBeTrue, contradictions.suppressionLeavesRoom,
  procedures.procedureReferences, procedures.procedureIdsOnce, procedures.sensesNeverSuffice, procedures.modesAgree,
  steps.proofFitsKind, steps.fieldsFitKind, steps.lateWaysAreTaken, steps.waitsEnd, steps.decisionsChoose, steps.gotoHasProcedure, steps.figuresHaveRange, steps.stepIdsAreFree,
  targets.stepTargetsExist, targets.raisedProceduresExist, targets.deadlinesRun, targets.commandedStatesExist, targets.interlockStatesExist, targets.answersAreAsked, targets.proceduresAreRaised,
  course.courseLeadsToTheEnd, course.loopsWait, course.retreatsEndInTheLastMode,
  directions.stepsLeadToSafety, directions.retreatIsSignedAtThePost, directions.peopleGoInWhereTheyAreCounted, directions.peopleLimitFitsClauses,
  prohibitions.prohibitionsAreShown, prohibitions.prohibitionsExist, prohibitions.watchersFit, prohibitions.prohibitionsStandBeforeTheirSteps,
  proofs.evidenceFits, proofs.evidenceAgrees, proofs.wordsOfPressureAreProved, proofs.commandsAreProved,
  permits.workHasPermit, permits.permitsStandInTheHandling, permits.gasFiguresNameTheirGas,
  authority.operationsExist, authority.retreatIsNeverRestricted, authority.grantsAreWhole, authority.grantsDoNotOverlap, authority.everyOperationIsGranted,
  commands.commandsAgreeWithInterlocks, commands.commandsKeepProhibitions, commands.proceduresAgree,
];

/** Resolves the draft and checks everything that can be checked without a plant. */
export function checkDraft(joined: Draft, broken: BrokenNames, site: SiteSource | null = null, nowMs: number | null = null): { readonly draft: ResolvedDraft; readonly complaints: Complaint[] } {
  const { report, complaints } = collectComplaints();
  const draft = resolveDraft(joined, report, site);
  const common = commonNames(draft);
  for (const one of draft.plants.values()) {
    const names = namesOf(one, common, broken);
    general.includesExist(one, draft.general, broken, report);
    for (const check of PLANT_CHECKS) check(one, names, report);
    if (nowMs !== null) authority.termsLast(one, nowMs, report);
    // Without a register there is nothing to hold clauses against; that itself is told once, by the loader.
    if (common.clauseIds.size > 0) plant.clausesAreKnown(one, names, report);
  }
  if (draft.general !== null) general.checkGeneral(draft.general, common.clauseIds, report);
  procedures.checkAcrossPlants(draft, broken, report);
  return { draft, complaints };
}

function commonNames(draft: ResolvedDraft): CommonNames {
  const general = [...(draft.general?.conditions ?? []), ...(draft.general?.templates ?? [])];
  return {
    clauseIds: new Set(draft.clauses.map((clause) => clause.value.id)),
    procedureIds: new Set([...draft.plants.values()].flatMap((one) => one.procedures.map((procedure) => procedure.value.id))),
    generalTriggers: new Set(general.filter(({ value }) => value.role === 'trigger').flatMap(({ value }) => value.clauses)),
    mostPeople: new Map(draft.clauses.flatMap(({ value: { id, people } }) => (people === undefined ? [] : [[id, people] as const]))),
  };
}
