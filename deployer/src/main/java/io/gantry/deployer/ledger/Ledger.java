package io.gantry.deployer.ledger;

import io.gantry.deployer.ledger.Images.Built;
import io.gantry.deployer.leg.Entry;
import io.gantry.deployer.leg.Facts;
import io.gantry.deployer.leg.Image;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Order;
import io.gantry.deployer.leg.Standing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a leg what is so, and enters what it has brought about. */
@Component
public class Ledger {
    private final Images images;
    private final Instances instances;
    private final Recipes recipes;
    private final Companions companions;

    Ledger(Images images, Instances instances, Recipes recipes, Companions companions) {
        this.images = images;
        this.instances = instances;
        this.recipes = recipes;
        this.companions = companions;
    }

    /** @param alongside what is asked for along with it, and not stored yet */
    public Facts factsFor(Order order, List<Order> alongside) {
        LegId leg = order.id();
        List<Standing> standing = instances.standing(leg.app(), leg.service());
        Optional<Built> built = order.release() == null
                ? Optional.empty()
                : images.find(leg.app(), leg.service(), order.release().version());
        return new Facts(
                built.map(Built::image).orElse(null),
                built.isPresent() && built.get().recipe().equals(recipes.of(order.named())),
                running(order, standing),
                standing,
                companions.wanted(leg.app(), alongside));
    }

    private @Nullable Image running(Order order, List<Standing> standing) {
        if (order.instance() != null) {
            return images.of(order.instance()).orElse(null);
        }
        return standing.isEmpty() ? null : images.of(standing.getLast().id()).orElse(null);
    }

    public void enter(LegId leg, Entry entry) {
        switch (entry) {
            case Entry.ImagePushed(var image, var builtAs) -> images.enter(leg, image, builtAs);
            case Entry.ImageLost(var version) -> images.enterLoss(leg, version);
            case Entry.InstanceStands(var standing) -> instances.enter(leg, standing);
            case Entry.InstanceRetired(var instance) -> instances.enterRetirement(instance);
        }
    }
}
