using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

/// <summary>The C# types that hold shapes.</summary>
internal static class TypeNames
{
    public const string Json = "global::DataMesh.Json";
    public const string Validation = "global::DataMesh.Validation";

    private const int LongestTuple = 7;

    /// <summary>A type's full name with <c>global::</c>.</summary>
    public static string Full(string @namespace, string name) =>
        @namespace.Length == 0 ? $"global::{CSharp.Identifier(name)}" : $"global::{Namespace(@namespace)}.{CSharp.Identifier(name)}";

    /// <summary>A namespace with its keywords escaped.</summary>
    public static string Namespace(string @namespace) => string.Join(".", @namespace.Split('.').Select(CSharp.Identifier));

    /// <summary>The class beside a product that reads and writes it.</summary>
    public static string Codec(string name) => $"__{name}Codec";

    /// <summary>A product's codec, with <c>global::</c>.</summary>
    public static string FullCodec(string @namespace, string name) =>
        @namespace.Length == 0 ? "global::" + Codec(name) : $"global::{Namespace(@namespace)}.{Codec(name)}";

    /// <summary>The type that holds a shape's value.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="owner">The full name of the type that declares the shape's own types.</param>
    public static string Of(Shape shape, string owner) => shape switch
    {
        ScalarShape scalar => Of(scalar.Clr),
        ConstantShape constant => Of(constant.Clr),
        EnumShape e => Nested(owner, e.TypeName),
        StructShape s => Nested(owner, s.TypeName),
        UnionShape u => Nested(owner, u.TypeName),
        ReferenceShape r => Full(r.Namespace, r.Name),
        NullableShape n => Of(n.Inner, owner) is var inner && inner.EndsWith("?", StringComparison.Ordinal) ? inner : inner + "?",
        MapShape m => $"global::DataMesh.ValueMap<{Of(m.Pattern.Shape, owner)}>",
        ListShape list => OfList(list, owner),
        DisjunctionShape d => Of(d.Held, owner),
        _ => throw new InvalidOperationException($"no C# type for {shape.GetType().Name}"),
    };

    /// <summary>The keyword or full name of a scalar type.</summary>
    public static string Of(ClrType type) => type switch
    {
        ClrType.String => "string",
        ClrType.Bytes => "global::DataMesh.ByteString",
        ClrType.Boolean => "bool",
        ClrType.SByte => "sbyte",
        ClrType.Byte => "byte",
        ClrType.Int16 => "short",
        ClrType.UInt16 => "ushort",
        ClrType.Int32 => "int",
        ClrType.UInt32 => "uint",
        ClrType.Int64 => "long",
        ClrType.UInt64 => "ulong",
        ClrType.Decimal => "decimal",
        ClrType.Single => "float",
        ClrType.Double => "double",
        ClrType.Int128 => "global::System.Int128",
        ClrType.UInt128 => "global::System.UInt128",
        ClrType.BigInteger => "global::System.Numerics.BigInteger",
        ClrType.DateTimeOffset => "global::System.DateTimeOffset",
        ClrType.TimeSpan => "global::System.TimeSpan",
        _ => "global::DataMesh.JsonText",
    };

    /// <summary>True when C# null can stand in the type without <c>?</c> saying so.</summary>
    public static bool IsReference(Shape shape, string owner) => shape switch
    {
        ScalarShape { Clr: ClrType.String } or ConstantShape { Clr: ClrType.String } => true,
        StructShape or UnionShape or MapShape => true,
        ListShape list => !IsTuple(list, owner),
        ReferenceShape r => r.Form is TargetForm.Record or TargetForm.Union,
        DisjunctionShape d => IsReference(d.Held, owner),
        _ => false,
    };

    /// <summary>True for <c>[A, B]</c> where the positions have names in C#: a value tuple.</summary>
    public static bool IsTuple(ListShape list, string owner) =>
        list.Prefix.Count > 0 && ElementType(list, owner) is null && TupleSize(list) <= LongestTuple;

    /// <summary>The one type of all elements, or null when they differ.</summary>
    public static string? ElementType(ListShape list, string owner)
    {
        string? type = list.Rest is null ? null : Of(list.Rest, owner);
        foreach (Shape shape in list.Prefix)
        {
            string own = Of(shape, owner);
            if (type is not null && type != own)
                return null;
            type = own;
        }
        return type ?? Of(ClrType.Json);
    }

    /// <summary>True when no C# type names the elements one by one: the list is held as JSON.</summary>
    public static bool IsJson(ListShape list, string owner) => ElementType(list, owner) is null && TupleSize(list) > LongestTuple;

    private static int TupleSize(ListShape list) => list.Prefix.Count + (list.Rest is null ? 0 : 1);

    private static string OfList(ListShape list, string owner)
    {
        if (IsJson(list, owner))
            return Of(ClrType.Json);
        if (!IsTuple(list, owner))
            return $"global::DataMesh.ValueList<{ElementType(list, owner)}>";
        string elements = string.Join(", ", list.Prefix.Select(s => Of(s, owner)));
        if (list.Rest is not null)
            elements += $", global::DataMesh.ValueList<{Of(list.Rest, owner)}>";
        return $"global::System.ValueTuple<{elements}>";
    }

    private static string Nested(string owner, string name) => owner.Length == 0 ? name : $"{owner}.{CSharp.Identifier(name)}";
}
