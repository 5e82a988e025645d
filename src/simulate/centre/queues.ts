// Queues and the campaign of a simulated centre.

/** A queue, or the campaign of calls that agents dial. */
export interface CallSource {
  id: string;
  name: string;
  /** The number that was called. */
  dnis: string;
}

export const QUEUES: readonly CallSource[] = [
  { id: '72992', name: 'My Queue', dnis: '2095550101' },
  { id: '72993', name: 'Billing', dnis: '2095550102' },
  { id: '72994', name: 'Orders & Returns', dnis: '2095550103' },
  { id: '72995', name: 'Technical Support', dnis: '2095550104' },
  { id: '72996', name: 'Service à la clientèle', dnis: '2095550105' },
];

export const CAMPAIGN: CallSource = { id: '81001', name: 'Follow-up calls', dnis: '2095550199' };
