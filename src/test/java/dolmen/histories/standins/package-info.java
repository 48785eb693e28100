/** What stands in a history for things that are not Dolmen: the programs psql and pg_dump, the services, Druid, the clock. */
package dolmen.histories.standins;
