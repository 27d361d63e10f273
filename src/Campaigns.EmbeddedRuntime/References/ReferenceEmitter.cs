using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// Generates, once per grain interface, the class of its references, and per method the class of its calls. So a call
/// reflects nothing, and boxes nothing but what the grain boxes.
/// </summary>
internal static class ReferenceEmitter
{
    private static readonly Lock Gate = new();
    private static readonly ModuleBuilder Module = DefineModule();
    private static readonly HashSet<string> Opened = [];
    private static int _lastId;

    public static Func<EmbeddedSilo, GrainInterfaceType, GrainId, GrainReference> Emit(Type grainInterface)
    {
        lock (Gate)
        {
            Open(grainInterface);
            var type = Module.DefineType(
                $"{grainInterface.Name}Reference{_lastId++}", TypeAttributes.Sealed, typeof(GrainReference),
                    [grainInterface]);
            var constructor = EmitConstructor(type);
            var methods = new List<(FieldBuilder Field, GrainMethod Method)>();
            foreach (var method in GrainInterface.MethodsOf(grainInterface))
                methods.Add(EmitMethod(type, method));

            var made = type.CreateType();
            foreach (var (field, method) in methods)
                made.GetField(field.Name, BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, method);
            return CompileFactory(made.GetConstructor(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, ConstructorArguments)!);
        }
    }

    private static Type[] ConstructorArguments => [typeof(EmbeddedSilo), typeof(GrainInterfaceType), typeof(GrainId)];

    private static ModuleBuilder DefineModule()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName("Campaigns.EmbeddedRuntime.Generated"), AssemblyBuilderAccess.Run);
        return assembly.DefineDynamicModule("Generated");
    }

    /// <summary>Lets the generated code see internal types: those of the runtime and those of the contracts.</summary>
    private static void Open(Type grainInterface)
    {
        var assemblies = GrainInterface.MethodsOf(grainInterface)
            .SelectMany(
                m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType).Append(m.DeclaringType!))
            .SelectMany(Parts)
            .Append(typeof(GrainReference))
            .Select(t => t.Assembly.GetName().Name!);
        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        foreach (var name in assemblies.Where(Opened.Add))
            ((AssemblyBuilder)Module.Assembly).SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];

    private static ConstructorBuilder EmitConstructor(TypeBuilder type)
    {
        var constructor = type.DefineConstructor(
            MethodAttributes.Public, CallingConventions.HasThis, ConstructorArguments);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(
            BindingFlags.Instance | BindingFlags.NonPublic, ConstructorArguments)!);
        il.Emit(OpCodes.Ret);
        return constructor;
    }

    private static Func<EmbeddedSilo, GrainInterfaceType, GrainId, GrainReference> CompileFactory(
        ConstructorInfo constructor)
    {
        var factory = new DynamicMethod(
            "Make", typeof(GrainReference), ConstructorArguments, typeof(ReferenceEmitter).Module, true);
        var il = factory.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
        return factory.CreateDelegate<Func<EmbeddedSilo, GrainInterfaceType, GrainId, GrainReference>>();
    }

    /// <summary>Implements one method: copy the arguments into a new call, send it, return its task.</summary>
    private static (FieldBuilder, GrainMethod) EmitMethod(TypeBuilder type, MethodInfo method)
    {
        if (!GrainMethod.IsAwaitable(method.ReturnType) || method.IsGenericMethod)
            throw new OrleansConfigurationException(
                $"{method.DeclaringType}.{method.Name} cannot be called: see WireTypes.Check.");
        var grainMethod = new GrainMethod(method);
        var call = CallEmitter.Emit(Module, method, _lastId++);
        var descriptor = type.DefineField(
            $"method{_lastId++}", typeof(GrainMethod), FieldAttributes.Static | FieldAttributes.Assembly);
        var parameters = method.GetParameters();
        var body = type.DefineMethod(
            $"{method.DeclaringType!.Name}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(p => p.ParameterType)]);
        type.DefineMethodOverride(body, method);

        var il = body.GetILGenerator();
        var made = il.DeclareLocal(call.Type);
        il.Emit(OpCodes.Ldsfld, descriptor);
        il.Emit(OpCodes.Newobj, call.Constructor);
        il.Emit(OpCodes.Stloc, made);
        EmitArguments(il, made, call, parameters);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, made);
        EmitSend(il, method, grainMethod, call.ResultType);
        il.Emit(OpCodes.Ret);
        return (descriptor, grainMethod);
    }

    private static void EmitArguments(ILGenerator il, LocalBuilder made, CallClass call, ParameterInfo[] parameters)
    {
        LocalBuilder? context = null;
        if (parameters.Any(MustCopy))
        {
            context = il.DeclareLocal(typeof(CopyContext));
            il.Emit(OpCodes.Call, typeof(CopyContext).GetMethod(nameof(CopyContext.Begin))!);
            il.Emit(OpCodes.Stloc, context);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, made);
            il.Emit(OpCodes.Ldarg, i + 1);
            if (MustCopy(parameters[i]))
            {
                il.Emit(OpCodes.Ldloc, context!);
                il.Emit(OpCodes.Call, MemberCopy.CopyMethod.MakeGenericMethod(parameters[i].ParameterType));
            }

            if (call.Arguments[i] is { } field)
                il.Emit(OpCodes.Stfld, field);
            else
                il.Emit(OpCodes.Call, typeof(GrainCall).GetProperty(nameof(GrainCall.CallerToken))!.SetMethod!);
        }

        if (context is not null)
        {
            il.Emit(OpCodes.Ldloc, context);
            il.Emit(OpCodes.Call, typeof(CopyContext).GetMethod(nameof(CopyContext.End))!);
        }
    }

    private static bool MustCopy(ParameterInfo parameter) =>
        !parameter.IsDefined(typeof(ImmutableAttribute), false) && !DeepCopy.IsShared(parameter.ParameterType);

    private static void EmitSend(ILGenerator il, MethodInfo method, GrainMethod grainMethod, Type resultType)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic;
        var send = grainMethod.IsOneWay
            ? typeof(GrainReference).GetMethod(nameof(GrainReference.SendOneWay), Own)!
            : typeof(GrainReference).GetMethod(nameof(GrainReference.Send), Own)!.MakeGenericMethod(resultType);
        il.Emit(OpCodes.Call, send);
        if (method.ReturnType == typeof(ValueTask))
            il.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
        else if (method.ReturnType.IsValueType)
            il.Emit(OpCodes.Newobj, method.ReturnType.GetConstructor([typeof(Task<>).MakeGenericType(resultType)])!);
    }
}
