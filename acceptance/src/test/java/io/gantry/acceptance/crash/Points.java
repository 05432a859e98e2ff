package io.gantry.acceptance.crash;

import static io.gantry.acceptance.crash.CrashingPlatform.DEPLOYER;
import static io.gantry.acceptance.crash.CrashingPlatform.LIFECYCLE_MANAGER;
import static io.gantry.acceptance.crash.CrashingPlatform.LOAD_BALANCER;
import static io.gantry.acceptance.crash.CrashingPlatform.MONITORING;
import static io.gantry.acceptance.crash.CrashingPlatform.NODE_MANAGER;
import static io.gantry.acceptance.crash.CrashingPlatform.SCHEDULER;
import static io.gantry.acceptance.crash.Story.DIRECT_UPLOAD;
import static io.gantry.acceptance.crash.Story.FIRST_DEPLOYMENT;
import static io.gantry.acceptance.crash.Story.HEALING;
import static io.gantry.acceptance.crash.Story.NEXT_VERSION;
import static io.gantry.acceptance.crash.Story.PLANNING;
import static io.gantry.acceptance.crash.Story.RESTART;
import static io.gantry.acceptance.crash.Story.RESTART_WITHOUT_ROOM;
import static io.gantry.acceptance.crash.Story.RUN_OF_WHAT_WAS_BUILT;
import static io.gantry.acceptance.crash.Story.SCALE_DOWN;
import static io.gantry.acceptance.crash.Story.SCALE_UP;
import static io.gantry.acceptance.crash.Story.SCHEDULED_RUN;
import static io.gantry.acceptance.crash.Story.STOP;
import static io.gantry.acceptance.crash.Story.UPLOAD;

import io.gantry.acceptance.crash.woven.Strike;
import java.util.List;
import java.util.stream.Stream;

/** Every step of the way of a deployment, before and after its effect, before and after its commit. */
final class Points {
    private static final String BEFORE = "BEFORE";
    private static final String AFTER = "AFTER";
    private static final String COMMIT = "commit";

    /** What came of a recovery names its incident only: it may be another app's. */
    private static final String ANY_RECOVERY = "(?s)^message .*topic = lifecycle-manager\\.recovery-events,";

    private static final String TELLS_ANY_RECOVERY = "(?m)^[a-z0-9 ]* lifecycle-manager\\.recovery-events ";

    static final Point COMMAND_RECORDED = deployer(
            "after it recorded a command, before the commit",
            FIRST_DEPLOYMENT,
            message("deployer.commands"),
            COMMIT,
            BEFORE);

    static final Point CONTAINER_STARTED = deployer(
                    "after a container was started, before that is recorded",
                    FIRST_DEPLOYMENT,
                    work("StartInstance"),
                    "start",
                    AFTER)
            .inEveryRun();

    private Points() {}

    static List<Point> all() {
        return Stream.of(
                        accepting(),
                        building(),
                        placing(),
                        starting(),
                        leaving(),
                        scheduling(),
                        healing(),
                        restarting(),
                        cutting())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Point> accepting() {
        String request = "^request APP";
        String upload = "^upload APP";
        String grant = "^grant APP";
        String done = "^done APP";
        String command = message("deployer.commands");
        String relayed = relay("deployer.commands");
        return List.of(
                scheduler("before a bundle is stored", UPLOAD, upload, "store", BEFORE),
                scheduler("after a bundle was stored, before it is a version", UPLOAD, upload, "store", AFTER)
                        .inEveryRun(),
                scheduler("before a version is committed", UPLOAD, upload, COMMIT, BEFORE)
                        .at(2),
                scheduler("after a version was committed, before the answer", UPLOAD, upload, COMMIT, AFTER)
                        .at(2),
                scheduler("before an upload is granted", DIRECT_UPLOAD, grant, "grant", BEFORE),
                scheduler("after an upload was granted, before the answer", DIRECT_UPLOAD, grant, "grant", AFTER),
                scheduler("before it fetches what was put in the storage", DIRECT_UPLOAD, done, "done", BEFORE),
                scheduler("after that is a version, before the answer", DIRECT_UPLOAD, upload, "done", AFTER),
                scheduler("before a request is committed", FIRST_DEPLOYMENT, request, COMMIT, BEFORE),
                scheduler("after a request was committed, before the answer", FIRST_DEPLOYMENT, request, COMMIT, AFTER)
                        .inEveryRun(),
                scheduler("before a command is sent", FIRST_DEPLOYMENT, relayed, "relay", BEFORE),
                scheduler("after a command was sent, before it is marked", FIRST_DEPLOYMENT, relayed, "relay", AFTER),
                scheduler(
                        "after a command was marked as sent, before the commit",
                        FIRST_DEPLOYMENT,
                        relayed,
                        "mark",
                        AFTER),
                deployer("before it looks at a command", FIRST_DEPLOYMENT, command, "message", BEFORE),
                COMMAND_RECORDED,
                deployer("after a command was committed, before Kafka knows", FIRST_DEPLOYMENT, command, COMMIT, AFTER)
                        .inEveryRun());
    }

    private static List<Point> building() {
        String build = work("BuildImage");
        String push = work("PushImage");
        return List.of(
                deployer("before a build begins", FIRST_DEPLOYMENT, build, "work", BEFORE),
                deployer("before it says that it builds", FIRST_DEPLOYMENT, build + ".* > BuildBegan", COMMIT, BEFORE),
                deployer("after it said that it builds", FIRST_DEPLOYMENT, build + ".* > BuildBegan", COMMIT, AFTER),
                deployer("after the bundle was fetched", FIRST_DEPLOYMENT, build, "fetch", AFTER),
                deployer("while the engine builds", FIRST_DEPLOYMENT, build, "follow-build", BEFORE)
                        .inEveryRun(),
                deployer("after the image was built, before that is recorded", FIRST_DEPLOYMENT, build, "build", AFTER),
                deployer(
                        "before the image is committed",
                        FIRST_DEPLOYMENT,
                        build + ".* > BuildSucceeded",
                        COMMIT,
                        BEFORE),
                deployer(
                        "after the image was committed",
                        FIRST_DEPLOYMENT,
                        build + ".* > BuildSucceeded",
                        COMMIT,
                        AFTER),
                deployer("before the image is pushed", FIRST_DEPLOYMENT, push, "push", BEFORE),
                deployer("while the image is pushed", FIRST_DEPLOYMENT, push, "follow-stream", BEFORE),
                deployer(
                                "after the image was pushed, before its digest is stored",
                                FIRST_DEPLOYMENT,
                                push,
                                "push",
                                AFTER)
                        .inEveryRun(),
                deployer("before the digest is committed", FIRST_DEPLOYMENT, push + ".* > Pushed", COMMIT, BEFORE),
                deployer(
                        "after the digest was committed, before a node is asked for",
                        FIRST_DEPLOYMENT,
                        push + ".* > Pushed",
                        COMMIT,
                        AFTER),
                deployer("before the build engine is tidied", FIRST_DEPLOYMENT, work("TidyBuild"), "work", BEFORE),
                deployer("after the build engine was tidied", FIRST_DEPLOYMENT, work("TidyBuild"), "work", AFTER));
    }

    private static List<Point> placing() {
        String asked = relay("load-balancer.placement-requests", "place");
        String asks = message("load-balancer.placement-requests", "Place");
        String answered = relay("load-balancer.placement-replies");
        String answer = message("load-balancer.placement-replies");
        return List.of(
                deployer("before it asks for a node", FIRST_DEPLOYMENT, asked, "relay", BEFORE),
                deployer("after it asked for a node, before that is marked", FIRST_DEPLOYMENT, asked, "relay", AFTER)
                        .inEveryRun(),
                balancer("before it looks at a question", FIRST_DEPLOYMENT, asks, "message", BEFORE),
                balancer("before a node is committed", FIRST_DEPLOYMENT, asks, COMMIT, BEFORE),
                balancer("after a node was committed, before the answer", FIRST_DEPLOYMENT, asks, COMMIT, AFTER)
                        .inEveryRun(),
                balancer("before the answer is sent", FIRST_DEPLOYMENT, answered, "relay", BEFORE),
                balancer("after the answer was sent, before it is marked", FIRST_DEPLOYMENT, answered, "relay", AFTER),
                deployer("before it looks at the answer", FIRST_DEPLOYMENT, answer, "message", BEFORE)
                        .inEveryRun(),
                deployer("before the answer is committed", FIRST_DEPLOYMENT, answer, COMMIT, BEFORE),
                deployer("after the answer was committed, before the start", FIRST_DEPLOYMENT, answer, COMMIT, AFTER));
    }

    private static List<Point> starting() {
        String start = work("StartInstance");
        String verify = work("VerifyInstance");
        String registration = relay("node-manager.registry-commands");
        String register = message("node-manager.registry-commands");
        String registered = relay("node-manager.registry-events");
        String told = message("node-manager.registry-events");
        String finished = relay("deployer.events", "finished");
        String hears = message("deployer.events", "Finished");
        return List.of(
                deployer("before a container is created", FIRST_DEPLOYMENT, start, "create", BEFORE),
                deployer(
                                "after a container was created, before it is started",
                                FIRST_DEPLOYMENT,
                                start,
                                "create",
                                AFTER)
                        .inEveryRun(),
                CONTAINER_STARTED,
                deployer("before the start is committed", FIRST_DEPLOYMENT, start + ".* > Started", COMMIT, BEFORE),
                deployer("after the start was committed", FIRST_DEPLOYMENT, start + ".* > Started", COMMIT, AFTER),
                deployer("before it verifies", FIRST_DEPLOYMENT, verify, "work", BEFORE),
                deployer(
                        "before it says that an instance serves",
                        FIRST_DEPLOYMENT,
                        verify + ".* > Verified",
                        COMMIT,
                        BEFORE),
                deployer(
                        "after it said that an instance serves",
                        FIRST_DEPLOYMENT,
                        verify + ".* > Verified",
                        COMMIT,
                        AFTER),
                deployer("before it registers an instance", FIRST_DEPLOYMENT, registration, "relay", BEFORE),
                deployer(
                                "after it registered an instance, before that is marked",
                                FIRST_DEPLOYMENT,
                                registration,
                                "relay",
                                AFTER)
                        .inEveryRun(),
                registry("before it looks at an instance", FIRST_DEPLOYMENT, register, "message", BEFORE),
                registry("before an instance is committed", FIRST_DEPLOYMENT, register, COMMIT, BEFORE),
                registry("after an instance was committed", FIRST_DEPLOYMENT, register, COMMIT, AFTER)
                        .inEveryRun(),
                registry("before it tells of an instance", FIRST_DEPLOYMENT, registered, "relay", BEFORE),
                registry(
                        "after it told of an instance, before that is marked",
                        FIRST_DEPLOYMENT,
                        registered,
                        "relay",
                        AFTER),
                deployer("before it looks at the registry's word", FIRST_DEPLOYMENT, told, "message", BEFORE),
                deployer("before the end is committed", FIRST_DEPLOYMENT, told, COMMIT, BEFORE),
                deployer("after the end was committed, before the reply", FIRST_DEPLOYMENT, told, COMMIT, AFTER)
                        .inEveryRun(),
                deployer("before the reply is sent", FIRST_DEPLOYMENT, finished, "relay", BEFORE),
                deployer("after the reply was sent, before it is marked", FIRST_DEPLOYMENT, finished, "relay", AFTER),
                scheduler("before the reply is committed", FIRST_DEPLOYMENT, hears, COMMIT, BEFORE),
                scheduler("after the reply was committed", FIRST_DEPLOYMENT, hears, COMMIT, AFTER),
                deployer(
                                "stands still after a container was created, and wakes when all is over",
                                FIRST_DEPLOYMENT,
                                start,
                                "create",
                                AFTER)
                        .frozen()
                        .inEveryRun(),
                deployer(
                                "stands still after a container was started, and wakes when all is over",
                                FIRST_DEPLOYMENT,
                                start,
                                "start",
                                AFTER)
                        .frozen(),
                deployer(
                                "stands still before it commits the image, and wakes when all is over",
                                FIRST_DEPLOYMENT,
                                build(),
                                "build",
                                AFTER)
                        .frozen(),
                deployer(
                        "after a stopped container was started again for a restart, before that is recorded",
                        RESTART_WITHOUT_ROOM,
                        work("ReviveInstance"),
                        "revive",
                        AFTER),
                deployer("after a built version's container was started", RUN_OF_WHAT_WAS_BUILT, start, "start", AFTER),
                deployer("after one more container was created", SCALE_UP, start, "create", AFTER),
                deployer("after one more container was started", SCALE_UP, start, "start", AFTER)
                        .inEveryRun(),
                balancer("before it asks for one more", SCALE_UP, relay("deployer.commands"), "relay", BEFORE),
                balancer("after it asked for one more", SCALE_UP, relay("deployer.commands"), "relay", AFTER));
    }

    private static List<Point> leaving() {
        String deregistration = relay("node-manager.registry-commands", "deregister");
        String deregister = message("node-manager.registry-commands", "Deregister");
        String remove = work("RemoveInstance");
        return List.of(
                deployer("before it deregisters an instance", STOP, deregistration, "relay", BEFORE),
                registry("after an instance was taken out", STOP, deregister, COMMIT, AFTER),
                deployer("before a container is stopped", STOP, remove, "stop", BEFORE),
                deployer("after a container was stopped, before it is removed", STOP, remove, "remove", BEFORE)
                        .inEveryRun(),
                deployer("after a container was removed, before that is recorded", STOP, remove, "stop", AFTER),
                deployer("before the app's network is removed", STOP, remove, "remove-network", BEFORE),
                deployer("after the app's network was removed", STOP, remove, "remove-network", AFTER),
                deployer("before the removal is committed", STOP, remove + ".* > Removed", COMMIT, BEFORE),
                deployer("after the removal was committed", STOP, remove + ".* > Removed", COMMIT, AFTER),
                deployer("after the former version's container was removed", NEXT_VERSION, remove, "stop", AFTER)
                        .inEveryRun(),
                deployer("after the former version's container was stopped", NEXT_VERSION, remove, "remove", BEFORE),
                deployer(
                        "after a restarted service's new container was started",
                        RESTART,
                        work("StartInstance"),
                        "start",
                        AFTER),
                deployer("after a restarted service's old container was stopped", RESTART, remove, "remove", BEFORE),
                deployer("after a restarted service's old container was removed", RESTART, remove, "stop", AFTER),
                deployer(
                                "after a container was stopped to be started again, before that is recorded",
                                RESTART_WITHOUT_ROOM,
                                work("StopInstance"),
                                "end",
                                AFTER)
                        .inEveryRun(),
                deployer("after one of two containers was stopped", SCALE_DOWN, remove, "remove", BEFORE),
                deployer("after one of two containers was removed", SCALE_DOWN, remove, "stop", AFTER)
                        .inEveryRun(),
                deployer(
                        "after the removal of one of two was committed",
                        SCALE_DOWN,
                        remove + ".* > Removed",
                        COMMIT,
                        AFTER));
    }

    private static List<Point> scheduling() {
        return List.of(
                scheduler("before a schedule fires", SCHEDULED_RUN, "^fire ", "fire", BEFORE),
                scheduler("before the run of a schedule is committed", SCHEDULED_RUN, "^fire ", COMMIT, BEFORE),
                scheduler("after the run of a schedule was committed", SCHEDULED_RUN, "^fire ", COMMIT, AFTER)
                        .inEveryRun(),
                scheduler("before a schedule is committed", PLANNING, "^plan APP", COMMIT, BEFORE),
                scheduler("after a schedule was committed, before the answer", PLANNING, "^plan APP", COMMIT, AFTER));
    }

    private static List<Point> healing() {
        String died = message("node-manager.instances").replace(",.*", ",(?=.* state=DEAD).*");
        String asked = relay("lifecycle-manager.recovery-requests");
        String asks = message("lifecycle-manager.recovery-requests");
        String ordered = relay("deployer.commands", "revive");
        String done = message("deployer.events", "Finished");
        return List.of(
                monitoring("before it looks at a death", died, "message", BEFORE),
                monitoring("before an incident is committed", died, COMMIT, BEFORE),
                monitoring("after an incident was committed, before it asks", died, COMMIT, AFTER)
                        .inEveryRun(),
                monitoring("before it asks for recovery", asked, "relay", BEFORE),
                monitoring("after it asked for recovery, before that is marked", asked, "relay", AFTER),
                monitoring("before it hears what came of it", ANY_RECOVERY, "message", BEFORE),
                monitoring("before what came of it is committed", ANY_RECOVERY, COMMIT, BEFORE),
                monitoring("after what came of it was committed", ANY_RECOVERY, COMMIT, AFTER),
                manager("before it looks at a request", HEALING, asks, "message", BEFORE),
                manager("before an operation is committed", HEALING, asks, COMMIT, BEFORE),
                manager("after an operation was committed, before the deployer is told", HEALING, asks, COMMIT, AFTER)
                        .inEveryRun(),
                manager("before the deployer is told", HEALING, ordered, "relay", BEFORE),
                manager("after the deployer was told, before that is marked", HEALING, ordered, "relay", AFTER),
                manager("before it looks at the deployer's word", HEALING, done, "message", BEFORE),
                manager("before the end of an operation is committed", HEALING, done, COMMIT, BEFORE),
                manager("after the end of an operation was committed", HEALING, done, COMMIT, AFTER),
                manager("before it says what came of it", HEALING, TELLS_ANY_RECOVERY, "relay", BEFORE),
                manager(
                        "after it said what came of it, before that is marked",
                        HEALING,
                        TELLS_ANY_RECOVERY,
                        "relay",
                        AFTER),
                point(
                        DEPLOYER,
                        "before a container is started again",
                        HEALING,
                        work("ReviveInstance"),
                        "revive",
                        BEFORE),
                point(DEPLOYER, "after a container was started again", HEALING, work("ReviveInstance"), "revive", AFTER)
                        .inEveryRun());
    }

    private static List<Point> restarting() {
        String request = "^restart APP";
        String ordered = relay("deployer.commands", "restart");
        return List.of(
                manager("before a request to restart is committed", RESTART, request, COMMIT, BEFORE),
                manager("after a request to restart was committed, before the answer", RESTART, request, COMMIT, AFTER),
                registry(
                        "after one that is to be started again was taken out",
                        RESTART_WITHOUT_ROOM,
                        message("node-manager.registry-commands", "Deregister"),
                        COMMIT,
                        AFTER),
                manager("before it tells the deployer to restart", RESTART, ordered, "relay", BEFORE),
                manager(
                        "after it told the deployer to restart, before that is marked",
                        RESTART,
                        ordered,
                        "relay",
                        AFTER));
    }

    /** The connection is cut in the middle of a commit: the database has committed, and who asked for it does not hear so. */
    private static List<Point> cutting() {
        return List.of(
                scheduler("cut off in the commit of a request", FIRST_DEPLOYMENT, "^request APP", COMMIT, BEFORE)
                        .cut()
                        .inEveryRun(),
                scheduler("cut off in the commit of a version", UPLOAD, "^upload APP", COMMIT, BEFORE)
                        .at(2)
                        .cut(),
                scheduler(
                                "cut off in the commit of what was sent",
                                FIRST_DEPLOYMENT,
                                relay("deployer.commands"),
                                COMMIT,
                                BEFORE)
                        .cut(),
                scheduler("cut off in the commit of a schedule's run", SCHEDULED_RUN, "^fire ", COMMIT, BEFORE)
                        .cut(),
                deployer(
                                "cut off in the commit of a command",
                                FIRST_DEPLOYMENT,
                                message("deployer.commands"),
                                COMMIT,
                                BEFORE)
                        .cut(),
                deployer(
                                "cut off in the commit of an image",
                                FIRST_DEPLOYMENT,
                                build() + ".* > BuildSucceeded",
                                COMMIT,
                                BEFORE)
                        .cut(),
                deployer(
                                "cut off in the commit of a start",
                                FIRST_DEPLOYMENT,
                                work("StartInstance") + ".* > Started",
                                COMMIT,
                                BEFORE)
                        .cut()
                        .inEveryRun(),
                balancer(
                                "cut off in the commit of a node",
                                FIRST_DEPLOYMENT,
                                message("load-balancer.placement-requests", "Place"),
                                COMMIT,
                                BEFORE)
                        .cut(),
                registry(
                                "cut off in the commit of an instance",
                                FIRST_DEPLOYMENT,
                                message("node-manager.registry-commands"),
                                COMMIT,
                                BEFORE)
                        .cut(),
                monitoring("cut off in the commit of an incident", message("node-manager.instances"), COMMIT, BEFORE)
                        .cut(),
                manager(
                                "cut off in the commit of an operation",
                                HEALING,
                                message("lifecycle-manager.recovery-requests"),
                                COMMIT,
                                BEFORE)
                        .cut());
    }

    private static String build() {
        return work("BuildImage");
    }

    private static String work(String kind) {
        return "^work .*leg=APP/.*" + kind;
    }

    /** Whatever of it names the app: its key, or what it says. */
    private static String message(String topic) {
        return "(?s)^message .*topic = " + topic.replace(".", "\\.") + ",.*\\bAPP\\b";
    }

    private static String message(String topic, String type) {
        return message(topic).replace(",.*", ",(?=.* %s\\[).*".formatted(type));
    }

    private static String relay(String topic, String type) {
        return relay(topic).replace(".*", "(?=.*\"%s\").*".formatted(type));
    }

    private static String relay(String topic) {
        return "(?m)^[a-z0-9 ]* " + topic.replace(".", "\\.") + " .*\\bAPP\\b";
    }

    private static Point scheduler(String sentence, Story story, String subject, String place, String moment) {
        return point(SCHEDULER, sentence, story, subject, place, moment);
    }

    private static Point deployer(String sentence, Story story, String subject, String place, String moment) {
        return point(DEPLOYER, sentence, story, subject, place, moment);
    }

    private static Point balancer(String sentence, Story story, String subject, String place, String moment) {
        return point(LOAD_BALANCER, sentence, story, subject, place, moment);
    }

    private static Point monitoring(String sentence, String subject, String place, String moment) {
        return point(MONITORING, sentence, HEALING, subject, place, moment);
    }

    private static Point manager(String sentence, Story story, String subject, String place, String moment) {
        return point(LIFECYCLE_MANAGER, sentence, story, subject, place, moment);
    }

    private static Point registry(String sentence, Story story, String subject, String place, String moment) {
        return point(NODE_MANAGER, sentence, story, subject, place, moment);
    }

    private static Point point(
            String service, String sentence, Story story, String subject, String place, String moment) {
        return new Point(
                "the %s, %s".formatted(service, sentence),
                story,
                service,
                subject,
                place,
                moment,
                1,
                Strike.How.KILL,
                false);
    }
}
