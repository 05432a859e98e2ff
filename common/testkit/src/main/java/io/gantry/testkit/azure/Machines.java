package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resource.last;
import static io.gantry.testkit.azure.Resource.object;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The virtual machines among the resources: they are something, and can be switched on and off. */
final class Machines {
    private static final String SIZE = "/properties/hardwareProfile/vmSize";
    private static final String NAMED = "/properties/networkProfile/networkInterfaces/0/id";

    private final Resources resources;
    private final Hosts hosts;

    Machines(Resources resources, Hosts hosts) {
        this.resources = resources;
        this.hosts = hosts;
    }

    /** Whatever it is; only a machine is something, with a disk that Azure makes. */
    void made(String id, ObjectNode resource) {
        if (!isMachine(id) || resource.at("/properties/power").isString()) {
            return;
        }
        String address = hosts.make(last(id), resource);
        power(resource, "running");
        String disk = Resource.textAt(resource, "/properties/storageProfile/osDisk/name");
        String diskId = id.replaceFirst("(?i)/virtualMachines/[^/]+$", "/disks/" + disk);
        ObjectNode made = object().put("id", diskId)
                .put("name", String.valueOf(disk))
                .put("type", "Microsoft.Compute/disks")
                .put("location", resource.path("location").asString())
                .put("managedBy", id);
        resources.put(diskId, made);
        if (resource.at("/properties/storageProfile/osDisk/managedDisk") instanceof ObjectNode managed) {
            managed.put("id", diskId);
        }
        resources.find(String.valueOf(Resource.textAt(resource, NAMED))).ifPresent(nic -> at(nic, address));
    }

    private void at(ObjectNode nic, String address) {
        if (nic.at("/properties/ipConfigurations/0/properties") instanceof ObjectNode ip) {
            ip.put("privateIPAddress", address);
            Optional.ofNullable(Resource.textAt(ip, "/publicIPAddress/id"))
                    .flatMap(resources::find)
                    .ifPresent(outside -> outside.withObject("/properties").put("ipAddress", address));
        }
    }

    /** What is to go with it goes with it. */
    void gone(String id) {
        Optional<ObjectNode> machine = resources.find(id).filter(_ -> isMachine(id));
        machine.ifPresent(vm -> {
            hosts.delete(last(id));
            goes(vm, "/properties/storageProfile/osDisk", "/managedDisk/id");
            goes(vm, "/properties/networkProfile/networkInterfaces/0", "/id");
        });
    }

    private void goes(ObjectNode vm, String part, String id) {
        JsonNode at = vm.at(part);
        String option = at.path("deleteOption")
                .asString(at.at("/properties/deleteOption").asString(""));
        String named = Resource.textAt(at, id);
        if (option.equals("Delete") && named != null) {
            resources.remove(named);
        }
    }

    /** Of what it does not name all stays. One that is on is restarted if it is to have another size. */
    Told patch(String id, JsonNode body, Function<Begun, Told> begin) {
        Optional<ObjectNode> there = resources.find(id);
        if (there.isEmpty()) {
            return Told.absent(id);
        }
        ObjectNode vm = there.get();
        ObjectNode properties = vm.withObject("/properties");
        properties.put("provisioningState", "Updating");
        return begin.apply(new Begun(
                Told.ok(Resource.shown(vm)),
                () -> {
                    change(vm, body);
                    properties.put("provisioningState", "Succeeded");
                    return Resource.shown(vm);
                },
                () -> properties.put("provisioningState", "Failed"),
                false));
    }

    private void change(ObjectNode vm, JsonNode body) {
        ObjectNode tags = vm.withObject("/tags");
        body.path("tags").propertyStream().forEach(tag -> tags.set(tag.getKey(), tag.getValue()));
        String size = Resource.textAt(body, SIZE);
        if (size != null && !size.equals(Resource.textAt(vm, SIZE))) {
            vm.withObject("/properties/hardwareProfile").put("vmSize", size);
            if (isOn(vm)) {
                hosts.switchOff(vm.path("name").asString());
                on(vm, vm.path("name").asString());
            }
        }
    }

    private static boolean isOn(ObjectNode vm) {
        return "running".equals(Resource.textAt(vm, "/properties/power"));
    }

    /** @param path as in {@code .../virtualMachines/vm-1/start} */
    Told post(String path, JsonNode body, Function<Begun, Told> begin) {
        String id = path.substring(0, path.lastIndexOf('/'));
        Optional<ObjectNode> there = resources.find(id);
        if (there.isEmpty()) {
            return Told.absent(id);
        }
        ObjectNode vm = there.get();
        String name = last(id);
        return switch (last(path).toLowerCase(Locale.ROOT)) {
            case "start" -> begun(begin, () -> on(vm, name));
            case "restart" ->
                begun(begin, () -> {
                    hosts.switchOff(name);
                    on(vm, name);
                });
            case "poweroff" -> begun(begin, () -> off(vm, name, "stopped"));
            case "deallocate" -> begun(begin, () -> off(vm, name, "deallocated"));
            case "runcommand" -> command(vm, name, body, begin);
            default -> Told.error(404, "NotFound", "There is no such thing to do.");
        };
    }

    private void on(ObjectNode vm, String name) {
        hosts.switchOn(name);
        power(vm, "running");
    }

    private void off(ObjectNode vm, String name, String state) {
        hosts.switchOff(name);
        power(vm, state);
    }

    private static Told begun(Function<Begun, Told> begin, Runnable doing) {
        return begin.apply(new Begun(
                Told.nothing(202),
                () -> {
                    doing.run();
                    return null;
                },
                () -> {},
                false));
    }

    private Told command(ObjectNode vm, String name, JsonNode body, Function<Begun, Told> begin) {
        if (!isOn(vm)) {
            return Told.error(
                    409, "OperationNotAllowed", "Cannot modify extensions in the VM when the VM is not running.");
        }
        String script =
                body.path("script").valueStream().map(JsonNode::asString).reduce("", (one, next) -> one + next + "\n");
        return begin.apply(new Begun(Told.nothing(202), () -> result(hosts.run(name, script)), () -> {}, false));
    }

    private static ObjectNode result(String said) {
        ObjectNode result = object();
        result.putArray("value")
                .addObject()
                .put("code", "ProvisioningState/succeeded")
                .put("level", "Info")
                .put("displayStatus", "Provisioning succeeded")
                .put("message", "Enable succeeded: \n[stdout]\n%s\n[stderr]\n".formatted(said));
        return result;
    }

    private static void power(ObjectNode vm, String state) {
        vm.withObject("/properties").put("power", state);
    }

    private static boolean isMachine(String id) {
        return Resource.kindOf(id).equals("virtualmachines");
    }

    ObjectNode withView(ObjectNode vm) {
        ObjectNode copy = vm.deepCopy();
        ObjectNode properties = copy.withObject("/properties");
        if (properties.path("osProfile") instanceof ObjectNode system) {
            system.remove("customData");
        }
        var statuses = properties.putObject("instanceView").putArray("statuses");
        String provisioning = properties.path("provisioningState").asString("").toLowerCase(Locale.ROOT);
        statuses.addObject().put("code", "ProvisioningState/" + provisioning).put("level", "Info");
        Optional.ofNullable(Resource.textAt(vm, "/properties/power"))
                .ifPresent(power ->
                        statuses.addObject().put("code", "PowerState/" + power).put("level", "Info"));
        properties.remove("power");
        return copy;
    }
}
