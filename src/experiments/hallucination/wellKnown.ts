/** Things that nearly every model has read about, with a right answer: controls, and ready sets. Facts, not a text of anybody. */
export interface WellKnown {
  readonly name: string;
  readonly reference: string;
  /** Words of which any makes an answer right. */
  readonly accept: readonly string[];
  /** How widely known, 1 for nearly everybody's name. */
  readonly fame: 1 | 2 | 3;
}

const people: readonly (readonly [fame: WellKnown["fame"], rows: string])[] = [
  [
    1,
    `Albert Einstein|a physicist born in Germany|physicist
Isaac Newton|an English mathematician and physicist|physicist,mathematician
William Shakespeare|an English poet and playwright|playwright,dramatist,poet
Leonardo da Vinci|an Italian painter, sculptor and engineer|painter,artist,sculptor,engineer
Ludwig van Beethoven|a German composer|composer
Charles Darwin|an English naturalist|naturalist,biologist,scientist
Marie Curie|a physicist and chemist born in Poland|physicist,chemist
Pablo Picasso|a Spanish painter|painter,artist
Galileo Galilei|an Italian astronomer and physicist|astronomer,physicist
Jane Austen|an English novelist|novelist,writer,author
Abraham Lincoln|the 16th President of the United States|president
Vincent van Gogh|a Dutch painter|painter,artist
Charlie Chaplin|an English comedian and film actor|actor,comedian,filmmaker
Nelson Mandela|a South African statesman|president,statesman,activist,leader
Mark Twain|an American writer|writer,author,humorist,novelist
Sigmund Freud|an Austrian neurologist|neurologist,psychoanalyst,psychologist`,
  ],
  [
    2,
    `Emily Dickinson|an American poet|poet
Johannes Kepler|a German astronomer|astronomer
Michael Faraday|an English physicist and chemist|physicist,chemist,scientist
Louis Pasteur|a French chemist and biologist|chemist,biologist,microbiologist
Claude Monet|a French painter|painter,artist
Franz Schubert|an Austrian composer|composer
Virginia Woolf|an English writer|writer,author,novelist
Niels Bohr|a Danish physicist|physicist
Florence Nightingale|an English nurse|nurse
Amelia Earhart|an American aviator|aviator,pilot,aviatrix
Rudyard Kipling|an English writer|writer,author,poet,novelist
Alexander Fleming|a Scottish bacteriologist|bacteriologist,biologist,physician,microbiologist
Jesse Owens|an American athlete|athlete
Blaise Pascal|a French mathematician and philosopher|mathematician,philosopher,physicist
Leonhard Euler|a Swiss mathematician|mathematician
Immanuel Kant|a German philosopher|philosopher`,
  ],
  [
    3,
    `Gregor Mendel|a biologist and friar from Austria|biologist,botanist,geneticist,monk,friar,scientist
Emmy Noether|a German mathematician|mathematician
Mary Anning|an English collector of fossils|paleontologist,palaeontologist,fossil
Lise Meitner|a physicist born in Austria|physicist
Srinivasa Ramanujan|an Indian mathematician|mathematician
Hector Berlioz|a French composer|composer
Guglielmo Marconi|an Italian inventor|inventor,engineer,physicist
Eli Whitney|an American inventor|inventor
Linus Pauling|an American chemist|chemist
Anton Bruckner|an Austrian composer|composer`,
  ],
];

export const wellKnownPeople: readonly WellKnown[] = people.flatMap(([fame, rows]) =>
  rows.split("\n").map((row) => {
    const [name = "", what = "", accept = ""] = row.split("|");
    return { name, reference: `${name} was ${what}.`, accept: accept.split(","), fame };
  }),
);

const capitals =
  "France Paris,Germany Berlin,Italy Rome,Spain Madrid,Portugal Lisbon,Austria Vienna,Poland Warsaw,Greece Athens,Sweden Stockholm,Norway Oslo,Denmark Copenhagen,Finland Helsinki,Ireland Dublin,Hungary Budapest,Russia Moscow,Japan Tokyo,China Beijing,India New Delhi,Egypt Cairo,Kenya Nairobi,Peru Lima,Chile Santiago,Cuba Havana,Canada Ottawa,Turkey Ankara,Iran Tehran,Iraq Baghdad,Thailand Bangkok,Vietnam Hanoi,Mongolia Ulaanbaatar,Nepal Kathmandu,Ethiopia Addis Ababa,Ghana Accra,Senegal Dakar,Uruguay Montevideo,Ecuador Quito,Bulgaria Sofia,Romania Bucharest,Iceland Reykjavik,Jamaica Kingston";

export const wellKnownPlaces: readonly WellKnown[] = capitals.split(",").map((pair) => {
  const [name = ""] = pair.split(" ", 1);
  const capital = pair.slice(name.length + 1);
  return { name, reference: `The capital of ${name} is ${capital}.`, accept: [capital], fame: 1 };
});

const symbols =
  "hydrogen H,helium He,lithium Li,carbon C,nitrogen N,oxygen O,fluorine F,neon Ne,sodium Na,magnesium Mg,aluminum Al,silicon Si,phosphorus P,sulfur S,chlorine Cl,argon Ar,potassium K,calcium Ca,titanium Ti,chromium Cr,manganese Mn,iron Fe,cobalt Co,nickel Ni,copper Cu,zinc Zn,silver Ag,tin Sn,gold Au,mercury Hg,lead Pb,radon Rn,uranium U";

export const wellKnownElements: readonly WellKnown[] = symbols.split(",").map((pair) => {
  const [name = "", symbol = ""] = pair.split(" ");
  return { name, reference: `The symbol of ${name} is ${symbol}.`, accept: [symbol], fame: 1 };
});
