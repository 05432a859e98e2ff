package io.gantry.acceptance.crash.weaving;

import io.gantry.acceptance.crash.woven.Crash;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lets the methods of the places tell {@link Crash} that they begin and that they are about to return. */
final class Weaver {
    private static final ClassDesc CRASH = Crash.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc PLACE = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    private static final MethodTypeDesc PLACE_AND_SUBJECT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_Object);
    private static final MethodTypeDesc ANSWER = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_boolean);

    private final Map<String, List<Place>> byType;

    Weaver(List<Place> places) {
        byType = places.stream().collect(Collectors.groupingBy(Place::type));
    }

    /** @param type as the JVM writes it */
    boolean isConcernedWith(String type) {
        return byType.containsKey(type);
    }

    byte[] woven(String type, byte[] bytes) {
        byte[] woven = type.equals(Place.INBOX) ? transformed(bytes, answers("isNew")) : bytes;
        for (Place place : byType.getOrDefault(type, List.of())) {
            requireMethod(ClassFile.of().parse(woven), place);
            woven = transformed(woven, calls(place));
        }
        return woven;
    }

    private static byte[] transformed(byte[] bytes, ClassTransform transform) {
        return ClassFile.of().transformClass(ClassFile.of().parse(bytes), transform);
    }

    private static ClassTransform calls(Place place) {
        return ClassTransform.transformingMethodBodies(
                method -> isMethod(method, place), CodeTransform.ofStateful(() -> new Calls(place)));
    }

    private static void requireMethod(ClassModel model, Place place) {
        if (model.methods().stream().noneMatch(method -> isMethod(method, place))) {
            throw new IllegalStateException("The product has no %s.%s".formatted(place.type(), place.method()));
        }
    }

    private static boolean isMethod(MethodModel method, Place place) {
        return method.methodName().equalsString(place.method());
    }

    private record Calls(Place place) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            code.ldc(place.name());
            switch (place.tells()) {
                case NOTHING -> code.invokestatic(CRASH, "before", PLACE);
                case SUBJECT -> code.aload(1).invokestatic(CRASH, "begins", PLACE_AND_SUBJECT);
                case STEP -> code.aload(2).invokestatic(CRASH, "goesOn", PLACE_AND_SUBJECT);
            }
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                code.ldc(place.name()).invokestatic(CRASH, "after", PLACE);
            }
            code.with(element);
        }
    }

    /** What a method answers goes by {@link Crash}, who may answer otherwise. */
    private static ClassTransform answers(String method) {
        return ClassTransform.transformingMethodBodies(
                each -> each.methodName().equalsString(method), (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        code.invokestatic(CRASH, method, ANSWER);
                    }
                    code.with(element);
                });
    }
}
