// Guesses the base state of a pause from keywords in its name, in ten languages, for feeds with free-text pause names.
import type { BaseState } from '../events/agent-event.ts';

/**
 * Keywords by base state, English first. A star at the end or beginning of a word matches any ending or beginning, for
 * inflections and compounds. If a name matches several, the keyword with more words wins, then the state listed first: a «lunch
 * break» is LUNCH.
 */
const WORDS: readonly (readonly [BaseState, string])[] = [
  ['RNA', 'autopause, auto pause'],
  [
    'LUNCH',
    `lunch*, meal, mealbreak, dinner, supper, breakfast,
     almuerzo, comida, comer, cena, desayuno,
     mittag*, essen, essenspause, frühstück*,
     déjeuner, repas, dîner, souper,
     almoço, almoçar, almoçando, jantar, refeição, café da manhã,
     pranzo, pranzare, pasto, mensa, colazione,
     middageten, middagpauze, eten, eetpauze, maaltijd,
     obiad*, śniadanie, posiłek,
     обед*, ланч*, завтрак*, ужин*, столов*,
     öğle*, yemek*, yemeğ*, kahvaltı*`,
  ],
  [
    'TRAINING',
    `training*, train, trainer, coaching*, coach, mentoring, course, webinar, elearning, e learning, learning, workshop,
     entrenamiento, capacitación*, formación, curso, aprendizaje,
     schulung*, *schulung, *training, weiterbildung*, fortbildung*, einarbeitung, kurs, lehrgang,
     formation*, cours, apprentissage,
     treinamento*, treino, treinando, formação, capacitação,
     formazione, corso, addestramento, affiancamento,
     opleiding*, cursus, scholing, bijscholing,
     szkoleni*, kurs, nauka,
     обучени*, тренинг*, курс, курсы, учеб*, учёб*, стажировк*, вебинар*, наставничеств*,
     eğitim*, kursta`,
  ],
  [
    'WORKING',
    `acw, wrapup, wrap up, wrap, aftercall, after call, after call work, after contact work, postcall, post call,
     postllamada, post llamada, después de llamada, después de la llamada, trabajo posterior, tipificación,
     nachbearbeitung*, nacharbeit*, nachbereitung*,
     postappel, post appel, après appel, post traitement,
     pós atendimento, pós chamada, pós ligação, após chamada, após atendimento, tabulação,
     post chiamata, dopo chiamata, dopo la chiamata,
     nawerk*, nabewerking, afhandeling,
     po rozmowie, praca po rozmowie, po połączeniu,
     постобработк*, дообработк*, послевызовн*, поствызовн*, после звонка, после вызова, обработка звонка, обработка вызова,
     çağrı sonrası, görüşme sonrası, arama sonrası`,
  ],
  [
    'AWAY',
    `meeting*, *meeting, huddle, briefing*, debriefing, admin, backoffice, back office, feedback,
     reunión, reuniones, junta,
     besprechung*, *besprechung, sitzung, teamsitzung,
     réunion*,
     reunião, reuniões,
     riunione, riunioni, incontro,
     vergadering*, overleg, *overleg, bespreking,
     spotkani*, zebrani*, narad*, odpraw*,
     совещани*, собрани*, встреч*, планерк*, планёрк*, летучк*, митинг*,
     toplantı*`,
  ],
  [
    'ON_BREAK',
    `break, breaks, breaktime, coffeebreak, teabreak, brk, brb, rest, coffee, tea, smoke, smoking, cigarette, toilet*, bathroom, restroom, washroom, loo, wc, bio, comfort,
     pause*, *pause, descanso, receso, café, baño, aseo, lavabo, fumar, cigarrillo, merienda,
     kaffee*, raucher*, toilette*, klo,
     clope, toilettes, sanitaires,
     pausa*, intervalo, lanche, banheiro, toalete, sanitário, cafezinho,
     caffè, sigaretta, riposo, bagno, intervallo,
     pauze*, *pauze, koffie*, plaspauze,
     przerw*, kawa, kawę, kawie, papieros*, toalet*, łazienk*, odpoczynek,
     перерыв*, отдых*, отдохн*, пауз*, кофе*, чай, перекур*, курен*, туалет*, уборн*, санузел, тех перерыв,
     mola*, ara, dinlenme*, çay*, kahve*, sigara*, tuvalet*, lavabo*, ihtiyaç*`,
  ],
];

/** Letters that Unicode does not decompose into a plain letter and an accent. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ß: 'ss' };

type Ranked = readonly [rank: number, state: BaseState];

const EXACT = new Map<string, Ranked>();
const BEGINNINGS = new Map<string, Ranked>();
const ENDINGS = new Map<string, Ranked>();
WORDS.forEach(([state, list], rank) => {
  for (const entry of list.split(',').map(written => written.trim())) {
    const words = plainWords(entry);
    const map = entry.endsWith('*') ? BEGINNINGS : entry.startsWith('*') ? ENDINGS : EXACT;
    // A word under two states belongs to the one listed first.
    if (!map.has(words)) map.set(words, [rank, state]);
  }
});
/** The longest phrase has four words: «después de la llamada». */
const MAX_WORDS = 4;
/** Shorter beginnings and endings are too ambiguous to match. */
const MIN_STEM = 3;

/** Cached names: a contact centre has few, and each occurs thousands of times. */
const MAX_REMEMBERED = 1_000;
const remembered = new Map<string, BaseState | undefined>();

/** The base state of a pause by the keywords in its name; undefined: the name has none. */
export function baseStateFromKeywords(name: string): BaseState | undefined {
  if (remembered.has(name)) return remembered.get(name);
  const state = findState(plainWords(name).split(' '));
  if (remembered.size < MAX_REMEMBERED) remembered.set(name, state);
  return state;
}

function findState(words: readonly string[]): BaseState | undefined {
  for (let length = Math.min(MAX_WORDS, words.length); length > 0; length--) {
    let best: Ranked | undefined;
    for (let from = 0; from + length <= words.length; from++) {
      const phrase = words.slice(from, from + length).join(' ');
      const found = EXACT.get(phrase) ?? (length === 1 ? byStem(phrase) : undefined);
      if (found !== undefined && (best === undefined || found[0] < best[0])) best = found;
    }
    if (best !== undefined) return best[1];
  }
  return undefined;
}

/** The match with the longest known beginning or ending. */
function byStem(word: string): Ranked | undefined {
  for (let length = word.length; length >= MIN_STEM; length--) {
    const found = BEGINNINGS.get(word.slice(0, length)) ?? ENDINGS.get(word.slice(word.length - length));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lower-case words without accents, separated by one space: `Pause-Café 2` is `pause cafe`; `TOPLANTI` and `toplantı` are the same. */
function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[ıłß]/g, letter => PLAIN_LETTERS[letter]!)
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}
