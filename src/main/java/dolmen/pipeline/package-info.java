/**
 * What steps need of more than one subject: which stack it is, what a restore would do to it, how a restore is taken
 * back, and Metabase's database of either kind. Knows no Camel.
 */
package dolmen.pipeline;
