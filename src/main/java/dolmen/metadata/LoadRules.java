package dolmen.metadata;

import java.time.Instant;

/**
 * Load rules that a restore gives to datasources, as newer rows of theirs: Druid takes the row with the highest version, and
 * those before stay in the table. The version is the time of the run, or behind a later one that a wrong clock made.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/operations/rule-configuration.html">Druid: retention rules</a>
 */
public record LoadRules(String json, Instant since) {}
