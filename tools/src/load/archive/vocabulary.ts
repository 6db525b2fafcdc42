/** Repeats itself exactly: the same seed gives the same numbers in [0, 1). */
function repeatable(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What people really write to a city, the most frequent first; invented words follow them. */
const FREQUENT =
  `il la di che per non un una sono con del della in via da è si mi al alla ho le più come dal anche lo ma gli ci questa
  buongiorno strada lampione grazie casa giorni rifiuti ufficio comune segnalazione davanti spento buca marciapiede scuola richiesta
  certificato documento carta identità pagamento tassa bolletta appuntamento numero telefono risposta attesa raccolta cassonetto
  parco albero panchina traffico semaforo parcheggio multa autobus fermata quartiere piazza condominio vicini rumore notte mattina
  sera settimana mese anno bambini anziani disabili accesso gradini ringhiera tombino allagamento pioggia acqua perdita fognatura
  odore erba potatura siepe cane gatto topi zanzare zona pista ciclabile incrocio strisce pedonali illuminazione pubblica guasto
  intervento tecnico sopralluogo urgente pericolo caduta infortunio assicurazione risarcimento modulo allegato foto posizione
  residenza anagrafe nascita matrimonio cittadinanza passaporto permesso sportello orario apertura chiusura estate agosto natale
  mensa nido graduatoria iscrizione trasporto contributo affitto bando alloggio lavoro tirocinio biblioteca museo teatro sport
  palestra piscina impianto cimitero tributi rimborso ravvedimento catasto edilizia cantiere ponteggio occupazione suolo plateatico
  mercato licenza commercio bar musica volume polizia locale vigili controllo ztl varco permessi sosta strisce blu`
    .split(/\s+/)
    .filter(word => word !== '');

const BEGINNINGS =
  'ba be bi bo ca ce chi co cu da de di do fa fe fi fo ga ghe gi go la le li lo ma me mi mo na ne ni no pa pe pi po pra pre qua ra re ri ro sa sca se si so sta stra ta te ti to tra tre va ve vi vo za'.split(
    ' ',
  );
const MIDDLES =
  'bar cel dan der fel gan len lin man mel nar nel pan per ral ran ren ris ron sal san sel ser tan tel ter ton van ver zan bri gra pli cra'.split(
    ' ',
  );
const ENDINGS =
  'a e i o are ere ire ato ata ito ita uto uta ezza ione ioni mento tore trice ista oso osa ale ali ino ina etto etta aggio'.split(
    ' ',
  );

const VOCABULARY = 6_000;

/** The words of the archive, the most frequent first. */
function vocabulary(random: () => number): string[] {
  const words = new Set(FREQUENT);
  const one = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  while (words.size < VOCABULARY)
    words.add(`${one(BEGINNINGS)}${random() < 0.6 ? one(MIDDLES) : ''}${one(MIDDLES)}${one(ENDINGS)}`);
  return [...words];
}

/** Draws words as people use them: the n-th most frequent is drawn n times less often than the first (Zipf). */
function zipf(words: readonly string[], random: () => number): () => string {
  let total = 0;
  const until = words.map((_, rank) => (total += 1 / (rank + 1)));
  return () => {
    const drawn = random() * total;
    let [low, high] = [0, until.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((until[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return words[low] ?? '';
  };
}

/** Sentences of seven to fourteen words each. */
export function sentences(count: number, seed: number): string[] {
  const random = repeatable(seed);
  const word = zipf(vocabulary(random), random);
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 7 + Math.floor(random() * 8) }, word).join(' ');
    return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
  });
}

const GIVEN =
  'Ada Anna Bruno Carla Dario Elena Emma Fabio Franca Giulia Hassan Irene Ivo Laura Luca Marco Maria Mario Nadia Olga Paolo Piero Rita Rosa Sara Silvia Ugo Vera Walter Zeno'.split(
    ' ',
  );
const FAMILY =
  'Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Mancini Rizzo Lombardi Moretti'.split(
    ' ',
  );

/** Names of people: a few frequent families, and many rare ones. */
export function names(count: number, seed: number): string[] {
  const random = repeatable(seed);
  const rare = vocabulary(random).slice(FREQUENT.length, FREQUENT.length + 3_000);
  const family = zipf([...FAMILY, ...rare.map(word => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)], random);
  return Array.from({ length: count }, () => `${GIVEN[Math.floor(random() * GIVEN.length)] ?? ''} ${family()}`);
}
