package io.gantry.acceptance.fleet;

import io.gantry.acceptance.driver.WithFleet;
import org.junit.jupiter.api.ClassOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;

/** One fleet, from nothing to nothing again; what each part leaves, the next one finds. */
@WithFleet
@TestClassOrder(OrderAnnotation.class)
class FleetIT {
    @Nested
    @Order(1)
    class ItBegins extends Founding {}

    @Nested
    @Order(2)
    class AppsAreDeployed extends Examples {}

    @Nested
    @Order(3)
    class ServicesAreKilled extends KilledServices {}

    @Nested
    @Order(4)
    class MachinesAreLost extends LostMachines {}

    @Nested
    @Order(5)
    class ThePlatformIsAway extends PlatformAway {}

    @Nested
    @Order(6)
    class ItIsBackedUp extends BackedUp {}

    @Nested
    @Order(7)
    class MachinesComeAndGo extends Pools {}

    @Nested
    @Order(8)
    class ItEnds extends Ending {}
}
