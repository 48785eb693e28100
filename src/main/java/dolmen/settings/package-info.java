/**
 * The settings: one typed record per block of keys, checked when it is made. {@link dolmen.settings.Settings} reads
 * them from {@code config/application.properties}, the environment and {@code -D}.
 */
package dolmen.settings;
