package org.embassage.schemas.rules;

import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/** VA-1: the vehicle of an alert is identified by VIN, plate or engine number, or one of them was withheld. */
final class VehicleRule implements ElementRule {

    private boolean identified;

    @Override
    public void start(ReadElement element) {
        switch (element.node().name()) {
            case "Vehicle" -> identified = false;
            case "VINID", "Plate", "EngineNumberID" -> identified = true;
            default -> {
                // identifies nothing
            }
        }
    }

    @Override
    public void end(ReadElement element) {
        if (element.node().name().equals("Vehicle")
                && element.node().parentName().equals("VehicleAlert")
                && !identified) {
            element.violates("VA-1");
        }
    }
}
