/**
 * Druid's HTTP API: what a stack says of itself, the wait until a restored one serves everything, and the diagnosis
 * when it does not. Calls go out through a {@link dolmen.druid.DruidCall}; start with {@link dolmen.druid.DruidApi} and
 * {@link dolmen.druid.Availability}.
 */
package dolmen.druid;
