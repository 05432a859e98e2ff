package io.gantry.azure;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.testkit.azure.FakeAzure;
import tools.jackson.databind.json.JsonMapper;

/** A container registry and a storage account that were there before, and a fleet that stands on them. */
final class SharedBackings {
    static final String SHARED = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/Shared";
    static final String REGISTRY = SHARED + "/providers/Microsoft.ContainerRegistry/registries/shopimages";
    static final String STORAGE = SHARED + "/providers/Microsoft.Storage/storageAccounts/shopbundles";
    static final Fleet FLEET = FleetFile.parse("fleet.yaml", """
            name: sky
            provider: azure
            azure: {subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590, location: westeurope, sshFrom: [203.0.113.7/32]}
            containerRegistry: {address: shopimages.azurecr.io, signIn: azure}
            blobStorage: {address: 'https://shopbundles.blob.core.windows.net', signIn: azure}
            machines: [{name: vm-1}, {name: vm-2, role: worker}]
            """);

    private SharedBackings() {}

    static void plantBoth(FakeAzure azure) {
        plant(azure, SHARED, "{}");
        plantRegistry(azure, "shopimages.azurecr.io");
        plant(azure, STORAGE, "{}");
    }

    static void plantRegistry(FakeAzure azure, String loginServer) {
        plant(azure, REGISTRY, "{\"properties\": {\"loginServer\": \"%s\"}}".formatted(loginServer));
    }

    static void plant(FakeAzure azure, String id, String resource) {
        azure.plant(id, JsonMapper.shared().readTree(resource));
    }
}
