using System.Numerics;
using System.Text;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>Finds what CUE accepts and the C# type cannot hold: such a value is refused, never rounded or cut.</summary>
internal static class Representation
{
    /// <summary>Walks a unified tree beside its shape; both are as deep as the document.</summary>
    public static void Check(JsonNode node, Shape shape, Place? place, string? schema, Findings findings)
    {
        while (shape is ReferenceShape reference)
            shape = reference.Target;
        switch (shape)
        {
            case ScalarShape scalar:
                CheckScalar(node, scalar.Clr, place, schema, findings);
                break;
            case StructShape record when node.Kind == JsonKind.Object:
                for (int i = 0; i < node.Items.Count; i++)
                    CheckMember(node.Items[i], record, node.Names[i], place, findings);
                break;
            case ListShape list when node.Kind == JsonKind.Array:
                for (int i = 0; i < node.Items.Count; i++)
                    if ((i < list.Prefix.Length ? list.Prefix[i] : list.Rest) is { } element)
                        Check(node.Items[i], element, Place.Element(place, i), schema, findings);
                break;
            case DisjunctionShape { IsUnion: true } union when node.UnionCase >= 0:
                Check(node, union.Alternatives[node.UnionCase].Shape, place, schema, findings);
                break;
            case DisjunctionShape disjunction:
                foreach (Alternative alternative in disjunction.Alternatives)
                    if (alternative.Shape is ScalarShape scalar && (scalar.Kinds & CueText.KindOf(node)) != 0)
                    {
                        CheckScalar(node, scalar.Clr, place, schema, findings);
                        break;
                    }
                    else if (alternative.Shape is DisjunctionShape { IsUnion: true } && node.UnionCase >= 0)
                    {
                        Check(node, alternative.Shape, place, schema, findings);
                        break;
                    }
                    else if (alternative.Shape is ReferenceShape or StructShape or ListShape && node.Items.Count > 0)
                    {
                        Check(node, alternative.Shape, place, schema, findings);
                    }
                break;
        }
    }

    private static void CheckMember(JsonNode value, StructShape record, string name, Place? place, Findings findings)
    {
        if (record.Find(name) is { } field)
        {
            Check(value, field.Shape, Place.Member(place, name, field.IsPersonalData), field.Schema, findings);
            return;
        }
        foreach (PatternShape pattern in record.Patterns)
            if (pattern.Matches(name))
                Check(value, pattern.Shape, Place.Member(place, name), null, findings);
    }

    private static void CheckScalar(JsonNode node, ClrType clr, Place? place, string? schema, Findings findings)
    {
        if (Holds(node, clr))
            return;
        string message = $"{Finding.Show(place, node)} is valid but does not fit in {Name(clr)}; @cs(type={Wider(clr)}) widens it";
        findings.Add(new Finding(FindingClass.Conflict, ValidationCodes.Unrepresentable, place, message, null, schema));
    }

    private static bool Holds(JsonNode node, ClrType clr)
    {
        if (node.Kind == JsonKind.String)
            return clr switch
            {
                ClrType.DateTimeOffset => JsonConvert.TryGetTime(Encoding.UTF8.GetBytes(node.Text), out _),
                ClrType.TimeSpan => JsonConvert.TryGetDuration(Encoding.UTF8.GetBytes(node.Text), out _),
                _ => true,
            };
        if (node.Kind != JsonKind.Number)
            return true;
        var cursor = new JsonCursor(Encoding.ASCII.GetBytes(node.Text));
        if (!cursor.ReadNumber(out JsonNumber number))
            return false;
        return clr switch
        {
            ClrType.SByte => number.TryGetInteger<sbyte>(out _),
            ClrType.Byte => number.TryGetInteger<byte>(out _),
            ClrType.Int16 => number.TryGetInteger<short>(out _),
            ClrType.UInt16 => number.TryGetInteger<ushort>(out _),
            ClrType.Int32 => number.TryGetInteger<int>(out _),
            ClrType.UInt32 => number.TryGetInteger<uint>(out _),
            ClrType.Int64 => number.TryGetInt64(out _),
            ClrType.UInt64 => number.TryGetUInt64(out _),
            ClrType.Int128 => number.TryGetInteger<Int128>(out _),
            ClrType.UInt128 => number.TryGetInteger<UInt128>(out _),
            ClrType.BigInteger => number.TryGetInteger<BigInteger>(out _),
            ClrType.Decimal => number.TryGetDecimal(out _),
            ClrType.Single => number.TryGetSingle(out _),
            ClrType.Double => number.TryGetDouble(out _),
            _ => true,
        };
    }

    private static string Name(ClrType clr) => clr switch
    {
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
        _ => clr.ToString(),
    };

    private static string Wider(ClrType clr) => clr switch
    {
        ClrType.Decimal or ClrType.Single or ClrType.Double or ClrType.DateTimeOffset or ClrType.TimeSpan => "JsonText",
        _ => "BigInteger",
    };
}
