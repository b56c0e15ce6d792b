package org.embassage.gateway.assembly;

import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.port.Opener;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Sealer;
import org.embassage.exchange.send.RetryPlan;

/**
 * What an assembly does with each port that it was made for, before a use case gets it. A gateway wraps nothing. Only this
 * package can assemble with another wrapping: scenarios put a crash or a broken check around a port so, and no
 * configuration, option or property can.
 */
interface Wrapping {

    /** Each port as it is. */
    Wrapping NOTHING = new Wrapping() {};

    default Journal journal(Journal made) {
        return made;
    }

    default Register register(Register made) {
        return made;
    }

    default DropDesk desk(DropDesk made) {
        return made;
    }

    default DomesticSystem domestic(DomesticSystem made) {
        return made;
    }

    default Sealer sealer(Sealer made) {
        return made;
    }

    default Opener opener(Opener made) {
        return made;
    }

    default Carrier carrier(Carrier made) {
        return made;
    }

    default Intake intake(Intake made) {
        return made;
    }

    default Reception reception(Reception made) {
        return made;
    }

    default RetryPlan retries(RetryPlan made) {
        return made;
    }
}
