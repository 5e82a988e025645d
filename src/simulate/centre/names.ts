// Names of simulated agents.

export const FIRST_NAMES = (
  'Ada Adaeze Agnieszka Ahmed Aiko Aisha Alejandro Amara Amélie Anaïs Andrei Anika Anjali Ana Ben Bjørn Camila Carlos Chen ' +
  'Chiara Chloé Daniel Daniela Deepak Dmitri Elena Eleni Émile Emma Ewa Farah Fatima Fiona Gabriel Giulia Grace Hana ' +
  'Hassan Hiroshi Hugo Ines Ingrid Ivan James Jamila Jasmine João José Joy Jürgen Kamala Karim Kenji Kofi Laila Lars ' +
  'Leila Liam Lucía Łukasz Mai Marek María Mateo Maya Mei Michael Min-jun Nadia Ngozi Niamh Nikhil Noah Nuria Olga Omar ' +
  'Oluwaseun Paula Priya Rafael Renée Ricardo Rosa Ruth Samuel Sanjay Sara Siobhán Sofía Søren Tariq Thandiwe Tomáš Uma ' +
  'Valentina Wei Yara Yusuf Zainab Zoë'
).split(' ');

export const LAST_NAMES = (
  "Abdullah Adeyemi Ahmadi Åkesson Andersson Araújo Banerjee Becker Bianchi Boateng Brown Castillo Chan Chaudhary Chen Cruz D'Angelo " +
  'Da-Silva Davies Díaz Dubois Eze Fernández Fischer Flores García Gómez González Gupta Haddad Hansen Hernández Horvat ' +
  'Ibrahim Ivanova Jackson Johansson Jones Kaya Khan Kim Kovács Kowalski Kumar Lefèvre Lee Li López Martínez Mbeki Mehta ' +
  'Mendoza Moreau Müller Mwangi Nakamura Nguyễn Ní-Bhriain Novák Núñez Nwosu O’Brien Ochieng Okafor Okonkwo Osei Özdemir ' +
  'Papadopoulos Park Patel Pereira Petrov Popescu Ramírez Reyes Rossi Sánchez Santos Schäfer Sharma Singh Sjöberg Smith ' +
  'Suzuki Tanaka Taylor Tran Van-Dijk Vargas Wang Williams Wiśniewska Wójcik Yamamoto Yılmaz Żak'
).split(' ');

// Letters that Unicode does not decompose into a base letter and a diacritic.
const PLAIN_LETTERS: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', ı: 'i', ß: 'ss' };

/** A name as part of an e-mail address: `lukasz` for `Łukasz`, `obrien` for `O’Brien`. */
export function addressPart(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[łøıß]/g, letter => PLAIN_LETTERS[letter]!)
    .replace(/[^a-z-]/g, '');
}
