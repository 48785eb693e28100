/** What the steps of a backup do: which stack it is, how much there will be, what may be missing. Knows no Camel. */
package dolmen.backup;
