// Names of pauses in ten languages map to their base states.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baseStateFromKeywords } from './state-keywords.ts';

const NAMES: Readonly<Record<string, string>> = {
  LUNCH: `lunch, Lunch Break, LunchBreak, LUNCHTIME, Meal, Almuerzo, Pausa comida, Mittagspause, Mittag, Essenspause, Déjeuner,
    Pause déjeuner, Pause repas, Almoço, ALMOÇO, Almoco, Pausa almoço, Refeição, Pranzo, Pausa pranzo, Pausa cena, Lunchpauze, Middagpauze,
    Obiad, Przerwa obiadowa, Обед, ОБЕД, На обеде, Обеденный перерыв, Перерыв на обед, Öğle arası, Öğle Yemeği, YEMEK MOLASI, Yemek`,
  TRAINING: `Training, team-training, Coaching, e-learning, Capacitación, Formación, Curso, Schulung, Produktschulung, Einarbeitung,
    Formation, En formation, Treinamento, Formação, Formazione, Corso, Opleiding, Bijscholing, Szkolenie, Na szkoleniu, Обучение,
    Тренинг, Eğitim, EĞİTİM, Eğitimde`,
  WORKING: `ACW, wrap-up, WrapUp, After Call Work, After Contact Work, Post llamada, Nachbearbeitung, Nachbearbeitungszeit, Post-appel,
    Après appel, Pós-atendimento, Pós chamada, Post chiamata, Nawerktijd, Po rozmowie, Постобработка, После звонка, Çağrı Sonrası`,
  AWAY: `meeting, Team Meeting, Teammeeting, Meeting break, Reunión, Junta, Besprechung, Teambesprechung, Réunion, Reunião, Riunione,
    Vergadering, Werkoverleg, Spotkanie, Na spotkaniu, Совещание, Собрание, Планёрка, Toplantı, TOPLANTI, Toplantıda`,
  ON_BREAK: `break, Coffee Break, coffee_break, Break2, On Break, Restroom, WC, Toilet, Pausa, Descanso, Baño, Pause, Kaffeepause,
    Raucherpause, pause-café, Toilettes, Banheiro, Lanche, Intervalo, Pausa caffè, Bagno, Pauze, Koffiepauze, Przerwa, Toaleta, Łazienka,
    Перерыв, Перекур, Туалет, Отдых, Mola, Çay Molası, MOLADA, Tuvalet, Sigara molası, İhtiyaç molası`,
  RNA: 'Auto-Pause, autopause, AutoPause',
  nothing: ', xyz, 7, constructor, LOGIN, Поле, Proyecto',
};

describe('keywords of states', () => {
  for (const [state, names] of Object.entries(NAMES)) {
    for (const name of names.split(',').map(written => written.trim())) {
      it(`'${name}' is ${state}`, () => assert.equal(baseStateFromKeywords(name) ?? 'nothing', state));
    }
  }

  it('the more specific of several keywords wins: a phrase over a word, a meal over a break', () => {
    assert.equal(baseStateFromKeywords('Pausa depois do almoço'), 'LUNCH');
    assert.equal(baseStateFromKeywords('break after call'), 'WORKING');
  });
});
