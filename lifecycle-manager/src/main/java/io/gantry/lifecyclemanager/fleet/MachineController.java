package io.gantry.lifecyclemanager.fleet;

import io.gantry.contract.DeploymentToken;
import io.gantry.lifecyclemanager.OnlyInFleet;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Machines of the fleet, and what is asked of one. */
@RestController
@RequestMapping("/api/v1")
@OnlyInFleet
class MachineController {
    private final FleetChanges changes;
    private final MachineList machines;
    private final FleetOperations operations;

    MachineController(FleetChanges changes, MachineList machines, FleetOperations operations) {
        this.changes = changes;
        this.machines = machines;
        this.operations = operations;
    }

    record Listed(List<MachineList.Shown> machines) {}

    record Accepted(DeploymentToken token) {}

    @GetMapping("/machines")
    Listed list() {
        return new Listed(machines.all());
    }

    /** It is provisioned and prepared after this; the reconciliation tells how that goes on. */
    @PostMapping("/machines")
    @ResponseStatus(HttpStatus.ACCEPTED)
    FleetDocument add(@RequestBody JsonNode machine) {
        return changes.add(machine);
    }

    /** It is deleted when nothing runs there any more. */
    @DeleteMapping("/machines/{machine}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    FleetDocument remove(@PathVariable String machine) {
        return changes.remove(machine);
    }

    @PostMapping("/machines/{machine}/docker")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted prepare(@PathVariable String machine) {
        return new Accepted(operations.prepareDocker(machine));
    }

    @PostMapping("/machines/{machine}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted restart(@PathVariable String machine) {
        return new Accepted(operations.restartMachine(machine));
    }

    @PostMapping("/services/{service}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted restartService(@PathVariable String service) {
        return new Accepted(operations.restartService(service));
    }
}
