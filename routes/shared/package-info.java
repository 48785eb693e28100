/** What all routes share: the handling of failures, the journal of steps, and the clients of Druid, Docker, Metabase and copies. */
package shared;
