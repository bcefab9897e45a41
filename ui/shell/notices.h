// Banners and toasts: what the window says by itself.
#pragma once

#include <QString>

#include <functional>

namespace gw::ui {

// The more serious one is shown; the order is the seriousness.
enum class BannerKind { Practice, HonourSystem, Notice, Warning, Error };

struct Banner {
    QString id; // replaces a banner of the same id
    BannerKind kind = BannerKind::Notice;
    QString icon;
    QString strong; // "Practice environment."
    QString text;
    QString linkText; // empty for none
    std::function<void()> link;
};

enum class ToastKind { Good, Info, Warning, Error };

struct Toast {
    QString id; // replaces a toast of the same id
    ToastKind kind = ToastKind::Info;
    QString title;
    QString text;
    QString actionText;
    std::function<void()> action;
};

} // namespace gw::ui
