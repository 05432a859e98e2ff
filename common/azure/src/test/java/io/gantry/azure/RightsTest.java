package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.GROUP;
import static io.gantry.azure.PlayedAzure.wanted;
import static io.gantry.azure.SharedBackings.FLEET;
import static io.gantry.azure.SharedBackings.REGISTRY;
import static io.gantry.azure.SharedBackings.SHARED;
import static io.gantry.azure.SharedBackings.STORAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.azure.AzureMachines.Reached;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineState;
import io.gantry.testkit.azure.Asked;
import io.gantry.testkit.azure.Mishap;
import io.gantry.testkit.azure.Subscription;
import io.gantry.testkit.azure.Subscription.RoleGiven;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform's identity may do to a container registry and a storage account that were there before. */
class RightsTest {
    private static final String IDENTITY = "gantry-sky-platform";

    private PlayedAzure played;
    private AzureMachines machines;

    @BeforeEach
    void begin(@TempDir Path folder) {
        played = new PlayedAzure(folder);
        machines = played.machines(FLEET);
    }

    @AfterEach
    void end() {
        played.close();
    }

    private void plantBoth() {
        SharedBackings.plantBoth(played.azure);
    }

    private void plantRegistry(String loginServer) {
        SharedBackings.plantRegistry(played.azure, loginServer);
    }

    private void plant(String id, String resource) {
        SharedBackings.plant(played.azure, id, resource);
    }

    private List<RoleGiven> givenOutside() {
        return played.azure.subscription().rolesGiven().stream()
                .filter(given -> !given.scope().equalsIgnoreCase(GROUP))
                .toList();
    }

    private String principal(String identity) {
        return played.clients
                .identities()
                .getUserAssignedIdentities()
                .getByResourceGroup("gantry-sky", identity)
                .principalId()
                .toString();
    }

    private List<String> puts() {
        return played.azure.requests().stream()
                .filter(asked -> asked.method().equals("PUT"))
                .map(Asked::what)
                .toList();
    }

    @Test
    void the_platforms_identity_gets_what_it_needs_and_the_nodes_nothing() {
        plantBoth();
        assertThat(machines.errands()).isEmpty();
        machines.create(wanted("vm-1"));
        machines.create(wanted("vm-2"));
        String platform = principal(IDENTITY);
        assertThat(principal("gantry-sky-node")).isNotEqualTo(platform);
        assertThat(givenOutside())
                .containsExactly(
                        new RoleGiven("AcrDelete", REGISTRY, platform),
                        new RoleGiven("AcrPush", REGISTRY, platform),
                        new RoleGiven("Storage Blob Data Contributor", STORAGE, platform));
    }

    @Test
    void what_was_given_is_not_given_again() {
        plantBoth();
        machines.create(wanted("vm-1"));
        List<String> before = puts();
        played.machines(FLEET).create(wanted("vm-1"));
        assertThat(puts()).isEqualTo(before);
    }

    @Test
    void whoever_died_in_the_middle_is_followed_by_one_that_gives_what_is_missing() {
        plantBoth();
        machines.create(wanted("vm-1"));
        List<String> first = roles(puts());
        played.azure.subscription().takeRole("AcrDelete");
        played.machines(FLEET).create(wanted("vm-1"));
        List<String> again = roles(puts());
        assertThat(again).hasSize(first.size() + 1);
        assertThat(first).contains(again.getLast());
        assertThat(givenOutside()).hasSize(3);
    }

    private static List<String> roles(List<String> puts) {
        return puts.stream()
                .filter(put -> put.startsWith("PUT roleAssignments/"))
                .toList();
    }

    @Test
    void an_answer_that_was_lost_is_no_second_assignment() {
        plantBoth();
        played.azure.mishap("PUT roleAssignments/", new Mishap.AnswerLost());
        played.azure.mishap("PUT roleAssignments/", new Mishap.AnswerLost());
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
        assertThat(givenOutside()).hasSize(3);
    }

    @Test
    void one_that_is_there_under_another_name_will_do_and_stays_when_the_fleet_goes() {
        plantBoth();
        machines.create(wanted("vm-1"));
        played.azure.subscription().takeRole("AcrPush");
        played.azure.subscription().giveRole("AcrPush", SHARED, principal(IDENTITY));
        machines.create(wanted("vm-1"));
        assertThat(machines.belongings())
                .contains("role assignment AcrDelete on shopimages.azurecr.io")
                .noneMatch(line -> line.contains("AcrPush"));
        machines.deleteAll();
        assertThat(givenOutside()).extracting(RoleGiven::role).containsExactly("AcrPush");
    }

    @Test
    void who_may_not_give_them_is_told_beforehand_what_somebody_else_has_to_type() {
        plantBoth();
        played.azure.subscription().closeRoles(REGISTRY);
        assertThat(machines.errands())
                .containsExactly(
                        """
                        containerRegistry: you may not give roles on the container registry shopimages.azurecr.io; somebody who may has to give gantry-sky-platform its rights, as soon as it is there (up goes on meanwhile):
                          az role assignment create --role 'AcrPush' --scope %1$s --assignee-object-id %2$s --assignee-principal-type ServicePrincipal
                          az role assignment create --role 'AcrDelete' --scope %1$s --assignee-object-id %2$s --assignee-principal-type ServicePrincipal""".formatted(
                                        REGISTRY,
                                        "$(az identity show --subscription 0b1f6471-1bf0-4dda-aec3-cb9272f09590 -g gantry-sky -n gantry-sky-platform --query principalId -o tsv)"));
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
        assertThat(givenOutside()).extracting(RoleGiven::role).containsExactly("Storage Blob Data Contributor");
        assertThat(machines.errands())
                .singleElement()
                .asString()
                .contains("--assignee-object-id " + principal(IDENTITY));
    }

    @Test
    void a_database_that_lets_in_the_identity_is_told_of_by_its_administrator() {
        Fleet fleet = FleetFile.parse("fleet.yaml", """
                name: sky
                provider: azure
                azure: {subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590, location: westeurope, sshFrom: [203.0.113.7/32]}
                database: {address: 'postgresql://shop.postgres.database.azure.com/gantry', signIn: azure, user: platform}
                machines: [{name: vm-1}]
                """);
        AzureMachines onDatabase = played.machines(fleet);
        assertThat(onDatabase.errands()).containsExactly("""
                        database: whoever administers shop.postgres.database.azure.com by Microsoft Entra has to let gantry-sky-platform in as platform, unless it was done before, as soon as it is there (up goes on meanwhile):
                          PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken -o tsv) psql "host=shop.postgres.database.azure.com port=5432 dbname=postgres user=$(az ad signed-in-user show --query userPrincipalName -o tsv) sslmode=require" -c "select pgaadauth_create_principal_with_oid('platform', '$(az identity show --subscription 0b1f6471-1bf0-4dda-aec3-cb9272f09590 -g gantry-sky -n gantry-sky-platform --query principalId -o tsv)', 'service', false, false)" -c 'grant create on database "gantry" to "platform"'""");
        onDatabase.create(wanted("vm-1"));
        assertThat(onDatabase.errands())
                .singleElement()
                .asString()
                .contains("'" + principal(IDENTITY) + "', 'service'")
                .doesNotContain("as soon as it is there");
        assertThat(givenOutside()).isEmpty();
    }

    @Test
    void where_azure_does_not_say_who_may_it_is_tried() {
        plantBoth();
        for (int i = 0; i < 4; i++) {
            played.azure.mishap(
                    "GET Microsoft.Authorization/permissions",
                    Mishap.refused(400, "InvalidResourceNamespace", "The resource namespace is invalid."));
        }
        assertThat(machines.errands()).isEmpty();
        machines.create(wanted("vm-1"));
        assertThat(givenOutside()).hasSize(3);
    }

    @Test
    void once_somebody_else_has_given_them_nothing_is_left_to_do() {
        plantBoth();
        played.azure.subscription().closeRoles(REGISTRY);
        machines.create(wanted("vm-1"));
        played.azure.subscription().giveRole("AcrPush", REGISTRY, principal(IDENTITY));
        assertThat(machines.errands())
                .singleElement()
                .asString()
                .contains("AcrDelete")
                .doesNotContain("AcrPush");
        played.azure.subscription().giveRole("AcrDelete", REGISTRY, principal(IDENTITY));
        assertThat(machines.errands()).isEmpty();
    }

    @Test
    void what_azure_refuses_after_all_is_told_with_the_command_before_a_machine_is_made() {
        plantBoth();
        machines.create(wanted("vm-1"));
        machines.deleteAll();
        played.azure.mishap(
                "PUT roleAssignments/" + nameOf("AcrPush"),
                Mishap.refused(403, "AuthorizationFailed", "The client does not have authorization."));
        MachineFailure failure = catchThrowableOfType(MachineFailure.class, () -> machines.create(wanted("vm-1")));
        assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_REFUSED);
        assertThat(failure)
                .hasMessageContaining(
                        "Azure could not give gantry-sky-platform the role AcrPush on shopimages.azurecr.io: AuthorizationFailed")
                .hasMessageEndingWith(
                        "Have somebody do it who may, then say it again: az role assignment create --role 'AcrPush' --scope %s --assignee-object-id %s --assignee-principal-type ServicePrincipal",
                        REGISTRY, principal(IDENTITY));
        assertThat(played.azure.there()).noneMatch(id -> id.endsWith("/virtualMachines/vm-1"));
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
    }

    /** Of a fleet that was there before, and is again: its identity is known by the same id here. */
    private String nameOf(String role) {
        return played.azure.requests().stream()
                .filter(asked -> asked.what().startsWith("PUT roleAssignments/"))
                .filter(asked -> asked.body()
                        .at("/properties/roleDefinitionId")
                        .asString()
                        .equals(Subscription.definitionOf(role)))
                .map(asked -> asked.path().substring(asked.path().lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_registry_in_another_subscription_is_left_to_people() {
        plant(SHARED, "{}");
        plant(STORAGE, "{}");
        String other = REGISTRY.replace("0b1f6471-1bf0-4dda-aec3-cb9272f09590", "11111111-1bf0-4dda-aec3-cb9272f09590");
        plant(other, "{\"properties\": {\"loginServer\": \"shopimages.azurecr.io\"}}");
        assertThat(machines.errands())
                .singleElement()
                .asString()
                .startsWith(
                        "containerRegistry: there is no container registry shopimages.azurecr.io in the subscription 0b1f6471-1bf0-4dda-aec3-cb9272f09590, or you may not see it; where it is, unless it was done before, give gantry-sky-platform its rights, as soon as it is there (up goes on meanwhile):")
                .contains("--role 'AcrPush' --scope $(az acr show -n shopimages --query id -o tsv) ");
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
        assertThat(givenOutside()).extracting(RoleGiven::scope).containsExactly(STORAGE);
    }

    @Test
    void a_registry_of_the_same_name_at_another_address_is_another() {
        plantBoth();
        plantRegistry("shopimages-a1b2c3.azurecr.io");
        machines.create(wanted("vm-1"));
        assertThat(givenOutside()).extracting(RoleGiven::scope).containsExactly(STORAGE);
        assertThat(machines.errands()).hasSize(1);
    }

    @Test
    void a_registry_that_goes_by_repositories_is_given_the_role_that_counts_there() {
        plantBoth();
        machines.create(wanted("vm-1"));
        plant(
                REGISTRY,
                "{\"properties\": {\"loginServer\": \"shopimages.azurecr.io\", \"roleAssignmentMode\": \"AbacRepositoryPermissions\"}}");
        machines.create(wanted("vm-1"));
        assertThat(givenOutside())
                .extracting(RoleGiven::role)
                .containsExactly(
                        "AcrDelete",
                        "AcrPush",
                        "Container Registry Repository Contributor",
                        "Storage Blob Data Contributor");
        machines.deleteAll();
        assertThat(givenOutside()).isEmpty();
    }

    @Test
    void down_lists_and_takes_back_what_up_gave_and_nothing_else() {
        plantBoth();
        machines.create(wanted("vm-1"));
        played.azure.subscription().giveRole("AcrPull", REGISTRY, principal(IDENTITY));
        played.azure.subscription().giveRole("AcrPush", REGISTRY, "somebody-else");
        assertThat(machines.belongings())
                .contains(
                        "role assignment AcrDelete on shopimages.azurecr.io",
                        "role assignment AcrPush on shopimages.azurecr.io",
                        "role assignment Storage Blob Data Contributor on shopbundles.blob.core.windows.net");
        machines.deleteAll();
        assertThat(givenOutside()).extracting(RoleGiven::role).containsExactly("AcrPull", "AcrPush");
        assertThat(played.azure.there()).containsExactly(SHARED, REGISTRY, STORAGE);
        assertThat(machines.belongings()).isEmpty();
        machines.deleteAll();
    }

    @Test
    void what_may_not_be_taken_back_is_told_with_the_command() {
        plantBoth();
        machines.create(wanted("vm-1"));
        played.azure.subscription().closeRoles(REGISTRY);
        assertThat(catchThrowableOfType(MachineFailure.class, machines::deleteAll))
                .hasMessageContaining("say it again: az role assignment delete --ids " + REGISTRY);
        played.azure.subscription().takeRole("AcrPush");
        played.azure.subscription().takeRole("AcrDelete");
        machines.deleteAll();
        assertThat(givenOutside()).isEmpty();
        assertThat(machines.belongings()).isEmpty();
    }

    @Test
    void nobody_within_the_fleet_looks_at_it_or_gives_anything() {
        plantBoth();
        machines.create(wanted("vm-1"));
        played.azure.subscription().takeRole("AcrPush");
        played.azure.vanish("virtualMachines/vm-1");
        int before = played.azure.requests().size();
        played.machines(FLEET, Reached.FROM_WITHIN).create(wanted("vm-1"));
        assertThat(played.azure
                        .requests()
                        .subList(before, played.azure.requests().size()))
                .noneMatch(asked -> asked.path().startsWith(SHARED));
        assertThat(givenOutside()).hasSize(2);
    }
}
