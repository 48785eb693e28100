package dolmen.model;

/** To which losses a person consents: to those of Druid's, and to those of what is not Druid's. */
public record Consent(boolean confirmed, boolean loseForeign) {}
