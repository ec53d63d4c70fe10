import { ApiError, get, now } from './api.js';
import { Poll } from './poll.js';

/** The last results of the doctor, and running it now. Both belong to a view. */
export class Doctor extends Poll {
  isRunning = false;

  constructor(host) {
    super(host, signal => last(signal), 5000);
  }

  /** Runs all checks and shows what they say; resolves to the problem if there was one, else to null. */
  async run() {
    if (this.isRunning) return null;
    this.isRunning = true;
    this.host.requestUpdate();
    try {
      this.data = await get('/doctor', {}, { seconds: 30 });
      this.at = now();
      this.error = null;
      return null;
    } catch (problem) {
      return problem;
    } finally {
      this.isRunning = false;
      this.refresh();
    }
  }
}

/** Before the first scheduled run there is no last one, so that it is run. */
async function last(signal) {
  try {
    return await get('/doctor', { cached: true }, { signal });
  } catch (problem) {
    if (problem instanceof ApiError && problem.reason === 'no_checks') return get('/doctor', {}, { signal, seconds: 30 });
    throw problem;
  }
}
