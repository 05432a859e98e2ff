package io.gantry.lifecyclemanager.platform;

import io.gantry.lifecyclemanager.OnlyOutsideFleet;
import io.gantry.lifecyclemanager.platform.PlatformService.State;
import io.gantry.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Tells of the platform where it has no machines of its own, in the words in which a fleet's is told of. */
@RestController
@RequestMapping("/api/v1")
@OnlyOutsideFleet
class PlatformController {
    private final ServiceStates states;

    PlatformController(ServiceStates states) {
        this.states = states;
    }

    record Services(List<PlatformService> services) {}

    record Machines(List<String> machines) {}

    record Capacity(String standing, List<String> pools, List<String> shortages, List<String> decisions) {}

    record Reconciliation(boolean settled, List<String> waitsFor, List<String> steps) {}

    @GetMapping("/services")
    Services services() {
        return new Services(states.ask());
    }

    @GetMapping("/machines")
    Machines machines() {
        return new Machines(List.of());
    }

    @GetMapping("/capacity")
    Capacity capacity() {
        return new Capacity("", List.of(), List.of(), List.of());
    }

    /** It waits for what does not answer; there are no steps, as nobody does anything about it. */
    @GetMapping("/reconciliation")
    Reconciliation reconciliation() {
        List<String> waitsFor = states.ask().stream()
                .filter(service -> service.state() != State.READY)
                .map(service -> "%s at %s:%d".formatted(service.name(), service.address(), service.port()))
                .toList();
        return new Reconciliation(waitsFor.isEmpty(), waitsFor, List.of());
    }

    @RequestMapping(
            path = {"/machines", "/machines/**", "/fleet"},
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.DELETE})
    void changeMachines() {
        throw new ProblemException(
                HttpStatus.CONFLICT,
                "NOT_A_FLEET",
                "This platform has no machines of its own: it runs on one Docker host. A fleet of machines is brought up with: gantry up");
    }
}
