package io.gantry.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetRefusedTest {
    /** @param says a part of the sentence */
    record Bad(String yaml, int line, int column, String pointer, String says) {}

    static Stream<Bad> bad() {
        return Stream.of(
                // no YAML, or more than is read
                new Bad("name: [a", 1, 9, "", "Not valid YAML"),
                new Bad("name: a\n\tprovider: local", 2, 1, "", "Not valid YAML"),
                new Bad("name: a\nother: \u0007", 2, 8, "", "control character"),
                new Bad("name: a\nname: b", 2, 1, "/name", "\"name\" stands here twice: leave one out"),
                new Bad("name: !!java.net.URL [a]", 1, 7, "/name", "Tags (!name) are not read"),
                new Bad("name: !mine a", 1, 7, "/name", "Tags (!name) are not read"),
                new Bad("x-a: &a [x, x]", 1, 6, "/x-a", "Anchors (&name) are not read"),
                new Bad("x-a: *a", 1, 6, "/x-a", "Aliases (*name) are not read"),
                new Bad("{[a]: b}", 1, 2, "", "A key has to be a word"),
                new Bad("x-a: " + "[".repeat(30) + "]".repeat(30), 1, 25, deep(19), "Nested too deeply"),
                new Bad("name: a\n---\nname: b", 2, 1, "", "A second document begins"),
                new Bad("- name: a", 1, 1, "", "This is no list of keys"),
                new Bad("just text", 1, 1, "", "This is no list of keys"),
                // what a field alone can say
                new Bad("nmae: a", 1, 1, "/nmae", "There is no such key; did you mean \"name\"?"),
                new Bad("registry: provided", 1, 1, "/registry", "did you mean \"containerRegistry\"?"),
                new Bad("password: x", 1, 1, "/password", "There is no such key"),
                new Bad("name: Gantry", 1, 1, "/name", "\"Gantry\" does not fit. The fleet's name: 1 to 30"),
                new Bad("name: -a", 1, 1, "/name", "1 to 30 lower-case letters"),
                new Bad("name: a--b", 1, 1, "/name", "single hyphens"),
                new Bad("name: " + "a".repeat(31), 1, 1, "/name", "1 to 30 lower-case letters"),
                new Bad("name: 7", 1, 1, "/name", "7 does not fit"),
                new Bad("name:", 1, 1, "/name", "null does not fit"),
                new Bad("provider: gcp", 1, 1, "/provider", "one of local (containers on this computer), static"),
                new Bad("provider: lokal", 1, 1, "/provider", "did you mean \"local\"?"),
                new Bad("tracing: {}", 1, 1, "/tracing/endpoint", "\"endpoint\" is missing"),
                new Bad("tracing: {endpoint: collector}", 1, 11, "/tracing/endpoint", "Where a collector takes traces"),
                new Bad(
                        "tracing: {endpoint: 'http://a b/'}",
                        1,
                        11,
                        "/tracing/endpoint",
                        "Where a collector takes traces"),
                new Bad("machines: []", 1, 1, "/machines", "[] does not fit. A list of the machines"),
                new Bad("machines: vm-1", 1, 1, "/machines", "does not fit. A list of the machines"),
                new Bad("machines:\n  - vm-1", 2, 5, "/machines/0", "A machine: at least its name"),
                new Bad("machines:\n  - role: both", 2, 5, "/machines/0/name", "\"name\" is missing"),
                new Bad("machines:\n  - name: vm_1", 2, 5, "/machines/0/name", "\"vm_1\" does not fit"),
                new Bad("machines:\n  - name: a\n    role: master", 3, 5, "/machines/0/role", "one of control"),
                new Bad(machine("size: {memory: 1 zillion}"), 3, 12, "/machines/0/size/memory", "4Gi or 2048Mi"),
                new Bad(machine("size: {memory: 4}"), 3, 12, "/machines/0/size/memory", "4Gi or 2048Mi"),
                new Bad(machine("size: {cpus: many}"), 3, 12, "/machines/0/size/cpus", "a number from 0.5 to 1024"),
                new Bad(machine("size: {cpus: 1e40}"), 3, 12, "/machines/0/size/cpus", "a number from 0.5 to 1024"),
                new Bad(machine("size: {cpu: 2}"), 3, 12, "/machines/0/size/cpu", "did you mean \"cpus\"?"),
                new Bad(machine("size: [2]"), 3, 5, "/machines/0/size", "cpus, memory and disk"),
                new Bad(machine("labels: {zone: 1}"), 3, 14, "/machines/0/labels/zone", "stand in quotes"),
                new Bad(machine("labels: {a b: x}"), 3, 5, "/machines/0/labels", "The name of a label"),
                new Bad(host("ssh: {port: 0}"), 5, 11, "/machines/0/ssh/port", "1 to 65535"),
                new Bad(host("ssh: {port: 22.5}"), 5, 11, "/machines/0/ssh/port", "1 to 65535"),
                new Bad(host("ssh: {user: 'me;id'}"), 5, 11, "/machines/0/ssh/user", "does not fit. A user"),
                new Bad(host("ssh: {hostKey: abc}"), 5, 11, "/machines/0/ssh/hostKey", "ssh-ed25519 AAAA"),
                new Bad(service("replicas: 0"), 3, 5, "/services/0/replicas", "from 1 to 100"),
                new Bad(service("port: 80"), 3, 5, "/services/0/port", "from 1024 to 65535"),
                new Bad(service("port: http"), 3, 5, "/services/0/port", "from 1024 to 65535"),
                new Bad(service("on: [a]"), 3, 5, "/services/0/on", "the name of a machine"),
                new Bad(service("needs: kafka"), 3, 5, "/services/0/needs", "A list of services"),
                new Bad(service("needs: [two words]"), 3, 13, "/services/0/needs/0", "The name of a platform service"),
                new Bad(service("needs: [5]"), 3, 13, "/services/0/needs/0", "The name of a platform service"),
                new Bad("services:\n  - name: shceduler", 2, 5, "/services/0/name", "did you mean \"scheduler\"?"),
                new Bad("database: mine", 1, 1, "/database", "provided (the fleet runs one), or an object"),
                new Bad("database: {}", 1, 1, "/database/address", "\"address\" is missing"),
                new Bad(
                        "database: {address: 'postgresql://h/g', credential: x}",
                        1,
                        41,
                        "/database/credential",
                        "did you mean \"credentialFile\"?"),
                // what only the whole can say
                new Bad("machines:\n  - name: a\n  - name: a", 3, 5, "/machines/1/name", "two machines named \"a\""),
                new Bad(machine("size: medum"), 3, 5, "/machines/0/size", "did you mean \"medium\"?"),
                new Bad(machine("size: Standard_B2s"), 3, 5, "/machines/0/size", "take small, medium or large"),
                new Bad(host("size: medium"), 5, 5, "/machines/0/size", "A host that you have has no size by name"),
                new Bad(machine("size: {memory: 64Mi}"), 3, 12, "/machines/0/size/memory", "at least 512Mi"),
                new Bad(machine("address: 10.0.0.1"), 3, 5, "/machines/0/address", "write provider: static"),
                new Bad(machine("ssh: {}"), 3, 5, "/machines/0/ssh", "write provider: static"),
                new Bad(machine("role: worker"), 1, 1, "/machines", "No machine runs platform services"),
                new Bad(machine("role: control"), 1, 1, "/machines", "No machine runs apps"),
                new Bad("provider: static", 1, 1, "/machines", "A static fleet is made of hosts that you have"),
                new Bad(
                        "provider: static\nmachines:\n  - name: a",
                        3,
                        5,
                        "/machines/0/address",
                        "\"a\" has no address"),
                new Bad(host("address: me@10.0.0.1"), 5, 5, "/machines/0/address", "without user and port"),
                new Bad(host("address: 10.0.0.1:22"), 5, 5, "/machines/0/address", "without user and port"),
                new Bad(host("address: 10.0.0.256"), 5, 5, "/machines/0/address", "no IP address 10.0.0.256"),
                new Bad(host("address: 0.0.0.0"), 5, 5, "/machines/0/address", "no IP address 0.0.0.0"),
                new Bad(host("address: '1:2:3'"), 5, 5, "/machines/0/address", "no IP address 1:2:3"),
                new Bad(
                        host("address: 10.0.0.9\n  - name: b\n    address: 10.0.0.9"),
                        7,
                        5,
                        "/machines/1/address",
                        "two machines at 10.0.0.9:22"),
                new Bad("pools: [{name: a}]", 1, 9, "/pools/0/max", "\"max\" is missing. The most machines"),
                new Bad(pool("idleFor: 10"), 4, 5, "/pools/0/idleFor", "10m or 1h"),
                new Bad(pool("coolDown: 0s"), 4, 5, "/pools/0/coolDown", "30s or 2m"),
                new Bad(pool("cooldown: 1m"), 4, 5, "/pools/0/cooldown", "did you mean \"coolDown\"?"),
                new Bad(pool("min: 4"), 4, 5, "/pools/0/min", "At least 4 machines are more than at most 3"),
                new Bad(pool("size: medum"), 4, 5, "/pools/0/size", "did you mean \"medium\"?"),
                new Bad(pool("size: {memory: 64Mi}"), 4, 12, "/pools/0/size/memory", "at least 512Mi"),
                new Bad(pool("x-a: b\n  - {name: burst, max: 1}"), 5, 6, "/pools/1/name", "two pools named \"burst\""),
                new Bad(
                        "machines: [{name: burst-7}]\n" + pool("min: 1"),
                        3,
                        5,
                        "/pools/0/name",
                        "\"burst-7\" is named like one of this pool"),
                new Bad(
                        "provider: static\nmachines: [{name: a, address: a}]\n" + pool("min: 1"),
                        3,
                        1,
                        "/pools",
                        "Hosts that you have don't come and go"),
                new Bad(service("on: vm-9"), 3, 5, "/services/0/on", "no machine named \"vm-9\"; did you mean \"vm-"),
                new Bad(service("on: {disk: ssd}"), 3, 5, "/services/0/on", "carries these labels"),
                new Bad(
                        "machines: [{name: a}, {name: w, role: worker}]\n" + service("on: w"),
                        4,
                        5,
                        "/services/0/on",
                        "\"w\" is a worker"),
                new Bad(
                        service("replicas: 4"),
                        3,
                        5,
                        "/services/0/replicas",
                        "4 replicas of scheduler want 4 machines"),
                new Bad(service("on: vm-1\n    replicas: 2"), 4, 5, "/services/0/replicas", "there is room for 1"),
                new Bad(
                        "services:\n  - name: postgres\n    replicas: 2",
                        3,
                        5,
                        "/services/0/replicas",
                        "postgres keeps its data on one machine"),
                new Bad(service("port: 7072"), 3, 5, "/services/0/port", "deployer listens on port 7072, too"),
                new Bad(service("port: 20000"), 3, 5, "/services/0/port", "Instances of apps get the ports"),
                new Bad(service("memory: 1Mi"), 3, 5, "/services/0/memory", "at least 64Mi"),
                new Bad(service("needs: [kafak]"), 3, 13, "/services/0/needs/0", "did you mean \"kafka\"?"),
                new Bad(service("needs: [zzz]"), 3, 13, "/services/0/needs/0", "there are blob-storage, container-reg"),
                new Bad(
                        service("needs: [monitoring]"),
                        3,
                        5,
                        "/services/0/needs",
                        "scheduler needs monitoring needs scheduler: none of them can be the first"),
                new Bad(service("needs: [scheduler]"), 3, 5, "/services/0/needs", "scheduler needs scheduler"),
                new Bad(
                        "services:\n  - name: scheduler\n  - name: scheduler",
                        3,
                        5,
                        "/services/1/name",
                        "a second scheduler above"),
                new Bad(
                        "database: {address: 'postgresql://h/gantry'}\nservices: [{name: postgres}]",
                        2,
                        13,
                        "/services/0/name",
                        "This fleet runs no postgres of its own"),
                new Bad("database: {address: h}", 1, 12, "/database/address", "one like postgresql://"),
                new Bad("blobStorage: {address: 'ftp://h'}", 1, 15, "/blobStorage/address", "one like https://"),
                new Bad(
                        "containerRegistry: {address: 'https://h'}",
                        1,
                        21,
                        "/containerRegistry/address",
                        "one like myregistry"),
                new Bad(
                        "database: {address: 'postgresql://me:geheim@h/gantry'}",
                        1,
                        12,
                        "/database/address",
                        "There is a credential in this address"),
                new Bad(
                        "blobStorage: {address: 'https://h/c?sv=1&sig=geheim'}",
                        1,
                        15,
                        "/blobStorage/address",
                        "There is a credential in this address"),
                new Bad(
                        "database: postgresql://me:geheim@h/gantry",
                        1,
                        1,
                        "/database",
                        "\"***@h/gantry\" does not fit"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_does_not_fit_is_refused_at_its_line_with_what_would(Bad bad) {
        List<FleetProblem> problems = refused(bad.yaml()).problems();
        assertThat(problems)
                .extracting(FleetProblem::line, FleetProblem::column, FleetProblem::pointer)
                .containsExactly(tuple(bad.line(), bad.column(), bad.pointer()));
        assertThat(problems.getFirst().message())
                .contains(bad.says())
                .doesNotContain("\n")
                .doesNotContain("geheim");
    }

    @Test
    void everything_is_told_at_once_in_the_order_of_lines() {
        assertThat(refused("""
                        name: My Fleet
                        machines:
                          - name: one
                            size: {memory: 1 zillion}
                          - name: one
                            role: worker
                          - {name: three, rol: both}
                        services:
                          - name: scheduler
                            on: four
                            needs: [kafka, monitorin]
                          - name: postgres
                            port: 99999
                        database: {address: nowhere}
                        """)).hasMessage("""
                        fleet.yaml:1:1: /name: "My Fleet" does not fit. The fleet's name: 1 to 30 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit.
                        fleet.yaml:4:12: /machines/0/size/memory: "1 zillion" does not fit. An amount of memory, at least 512Mi: 4Gi or 2048Mi.
                        fleet.yaml:5:5: /machines/1/name: There are two machines named "one": give this one another name
                        fleet.yaml:7:19: /machines/2/rol: There is no such key; did you mean "role"?
                        fleet.yaml:10:5: /services/0/on: There is no machine named "four": there are one, three
                        fleet.yaml:11:20: /services/0/needs/1: There is no service "monitorin" in this fleet; did you mean "monitoring"?
                        fleet.yaml:12:5: /services/1/name: This fleet runs no postgres of its own, because it uses one elsewhere: leave the service out
                        fleet.yaml:13:5: /services/1/port: 99999 does not fit. The port on its machine's address: a whole number from 1024 to 65535. Left out, as in the table of platform services.
                        fleet.yaml:14:12: /database/address: This is no address to be used here: write one like postgresql://10.0.0.6:5432/gantry""");
    }

    @Test
    void control_characters_do_not_reach_the_terminal() {
        assertThat(refused("\"na\\e[31mme\": x"))
                .hasMessageStartingWith("fleet.yaml:1:1: /na?[31mme: There is no such key");
    }

    @Test
    void a_file_that_is_not_there_is_no_default(@TempDir Path folder) {
        assertThatThrownBy(() -> FleetFile.read(folder.resolve("fleet.yaml"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_file_that_is_not_text_is_refused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("fleet.yaml"), new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> FleetFile.read(file))
                .isInstanceOf(FleetRefused.class)
                .hasMessage(file + ":1:1: The file is not text in UTF-8");
    }

    @Test
    void a_huge_file_is_refused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("fleet.yaml"), "# much\n".repeat(50_000));
        assertThatThrownBy(() -> FleetFile.read(file))
                .isInstanceOf(FleetRefused.class)
                .hasMessageContaining("larger than 262144 bytes");
    }

    private static String deep(int lists) {
        return "/x-a" + "/0".repeat(lists);
    }

    private static String machine(String more) {
        return "machines:\n  - name: a\n    " + more;
    }

    private static String host(String more) {
        String address = more.startsWith("address") ? "labels: {}" : "address: 10.0.0.1";
        return "provider: static\nmachines:\n  - name: a\n    " + address + "\n    " + more;
    }

    private static String pool(String line) {
        return "pools:\n  - name: burst\n    max: 3\n    " + line;
    }

    private static String service(String more) {
        return "services:\n  - name: scheduler\n    " + more;
    }

    private static FleetRefused refused(String yaml) {
        return catchThrowableOfType(FleetRefused.class, () -> FleetFile.parse("fleet.yaml", yaml));
    }
}
