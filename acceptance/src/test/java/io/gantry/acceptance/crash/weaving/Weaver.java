package io.gantry.acceptance.crash.weaving;

import io.gantry.acceptance.crash.woven.Crash;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets the methods of the places tell {@link Crash} that they begin and that they are about to return, and those that keep a rule ask whether it is broken. */
final class Weaver {
    private static final ClassDesc CRASH = Crash.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc NAME = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    private static final MethodTypeDesc NAME_AND_OBJECT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_Object);
    private static final MethodTypeDesc QUESTION = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_String);

    private final List<Place> places;
    private final List<Keeper> keepers;
    private final ClassFile classFile;

    /** @param product its classes, which are not loaded: whoever is woven into is verified by what those are */
    Weaver(List<Place> places, List<Keeper> keepers, ClassLoader product) {
        this.places = places;
        this.keepers = keepers;
        this.classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver()
                .orElse(ClassHierarchyResolver.ofResourceParsing(product).cached())));
    }

    /** Whom it is concerned with, as the JVM writes them. */
    Set<String> types() {
        return Stream.concat(places.stream().map(Place::type), keepers.stream().map(Keeper::type))
                .collect(Collectors.toSet());
    }

    /** @param type as the JVM writes it */
    byte[] woven(String type, byte[] bytes) {
        byte[] woven = bytes;
        for (Keeper keeper :
                keepers.stream().filter(each -> each.type().equals(type)).toList()) {
            woven = transformed(woven, type, keeper.method(), () -> breaks(keeper));
        }
        for (Place place :
                places.stream().filter(each -> each.type().equals(type)).toList()) {
            woven = transformed(woven, type, place.method(), () -> new Calls(place));
        }
        return woven;
    }

    private byte[] transformed(byte[] bytes, String type, String method, Supplier<CodeTransform> transform) {
        ClassModel model = classFile.parse(bytes);
        if (model.methods().stream().noneMatch(each -> each.methodName().equalsString(method))) {
            throw new IllegalStateException("The product has no %s.%s".formatted(type, method));
        }
        return classFile.transformClass(
                model,
                ClassTransform.transformingMethodBodies(
                        each -> each.methodName().equalsString(method), CodeTransform.ofStateful(transform)));
    }

    private record Calls(Place place) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            code.ldc(place.name());
            switch (place.tells()) {
                case NOTHING -> code.invokestatic(CRASH, "before", NAME);
                case MEANS -> code.aload(1).invokestatic(CRASH, "before", NAME_AND_OBJECT);
                case SUBJECT -> code.aload(1).invokestatic(CRASH, "begins", NAME_AND_OBJECT);
                case STEP -> code.aload(2).invokestatic(CRASH, "goesOn", NAME_AND_OBJECT);
            }
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                code.ldc(place.name()).invokestatic(CRASH, "after", NAME);
            }
            code.with(element);
        }
    }

    private static CodeTransform breaks(Keeper keeper) {
        return switch (keeper.broken()) {
            case LEFT_OUT -> new AtStart(code -> asks(code, keeper).ifThen(CodeBuilder::return_));
            case TOO_LATE ->
                new AtStart(code -> code.ldc(keeper.rule().name())
                        .aload(keeper.argument())
                        .invokestatic(CRASH, "violateIfBroken", NAME_AND_OBJECT));
            case YES ->
                (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        asks(code, keeper).ior();
                    }
                    code.with(element);
                };
        };
    }

    private static CodeBuilder asks(CodeBuilder code, Keeper keeper) {
        return code.ldc(keeper.rule().name()).invokestatic(CRASH, "isBroken", QUESTION);
    }

    private record AtStart(Consumer<CodeBuilder> begin) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            begin.accept(code);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
