/** The command line: one command a file. Start with {@link dolmen.commands.Dolmen}. */
package dolmen.commands;
