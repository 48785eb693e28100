/**
 * What a restore would do to a stack, what it would lose, how it is taken back, and what the steps do. Knows no Camel. Start with
 * {@link dolmen.restore.RestorePlanner} and {@link dolmen.restore.RestoreUndo}.
 */
package dolmen.restore;
