/** Reads what a backup holds and checks it, in the same steps for verify, restore, export and a backup itself. */
package dolmen.examination;
