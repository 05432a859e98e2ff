package io.gantry.deployer.leg;

import io.gantry.contract.deployer.InstanceAddress;

/** An instance that ran before, on its way to serve again: its container stays where it is. */
sealed interface InPlace extends Candidate permits Withdrawing, Stopping, Reviving {
    InstanceAddress at();

    @Override
    default Leaver leaver() {
        return Leaver.of(id(), at().node(), attempt().access(), true);
    }
}
