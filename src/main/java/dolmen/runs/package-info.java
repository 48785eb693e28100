/**
 * The life of a run, whatever it does: trigger files, lock, journal, progress, recovery of what was left, dead letters.
 * Start with {@link dolmen.runs.Runner} and {@link dolmen.runs.RunJournal}.
 */
package dolmen.runs;
