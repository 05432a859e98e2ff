package io.gantry.acceptance.crash.woven;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a thread is about, in words: whatever names an app is in there. */
final class Subject {
    private static final String INVOCATION = "org.aopalliance.intercept.MethodInvocation";

    private Subject() {}

    static String text(@Nullable Object subject) {
        return Crash.orEnd("describing what a thread is about", () -> described(subject));
    }

    private static String described(@Nullable Object subject) throws ReflectiveOperationException {
        if (subject instanceof List<?> messages) {
            return messages.stream().map(Subject::text).collect(Collectors.joining("\n"));
        }
        if (subject instanceof Record record
                && record.getClass().getSimpleName().equals("Unsent")) {
            return componentsOf(record);
        }
        return isInvocation(subject) ? Arrays.toString(argumentsOf(subject)) : String.valueOf(subject);
    }

    /** With its payload, which a record itself shows as an array's address only. */
    private static String componentsOf(Record record) throws ReflectiveOperationException {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = called(component.getAccessor(), record);
            text.append(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value)
                    .append(' ');
        }
        return text.toString();
    }

    private static boolean isInvocation(@Nullable Object subject) {
        return subject != null && implementsInvocation(subject.getClass());
    }

    private static boolean implementsInvocation(@Nullable Class<?> type) {
        return type != null
                && (Arrays.stream(type.getInterfaces()).anyMatch(Subject::isOrExtendsInvocation)
                        || implementsInvocation(type.getSuperclass()));
    }

    private static boolean isOrExtendsInvocation(Class<?> type) {
        return type.getName().equals(INVOCATION)
                || Arrays.stream(type.getInterfaces()).anyMatch(Subject::isOrExtendsInvocation);
    }

    static Object[] argumentsOf(Object invocation) throws ReflectiveOperationException {
        return (Object[]) Objects.requireNonNull(called("getArguments", invocation));
    }

    static @Nullable Object called(String method, Object on) throws ReflectiveOperationException {
        return called(on.getClass().getMethod(method), on);
    }

    static @Nullable Object called(Method method, Object on) throws IllegalAccessException, InvocationTargetException {
        method.setAccessible(true);
        return method.invoke(on);
    }
}
