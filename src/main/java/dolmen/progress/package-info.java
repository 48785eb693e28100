/** How far the running step of a run is: counted by {@link dolmen.model.Meter}s, shown on a terminal and in {@code state/progress.json}. */
package dolmen.progress;
