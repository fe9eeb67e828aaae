#include "gui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace loiter::gui {
namespace {

TypeSizes type_sizes(const Metrics& metrics) {
  return {
      .tiny = metrics.px(11),
      .small = metrics.px(12),
      .base = metrics.px(13),
      .tile = metrics.px(16),
      .headline = metrics.px(18),
      .clock = metrics.px(22),
      .show_ruler = metrics.px(20),
      .show_answer = metrics.px(22),
      .show_code = metrics.px(26),
      .show_question = metrics.px(52),
  };
}

}  // namespace

float Metrics::px(float units) const { return std::round(units * scale); }

float Metrics::line(float units) const { return std::max(1.0F, std::round(units * scale * 2.0F) * 0.5F); }

Metrics::Metrics(float wanted_scale, float largest_scale)
    : scale{std::clamp(wanted_scale, 1.0F, largest_scale)},
      type{type_sizes(*this)},
      gap4{px(4)},
      gap8{px(8)},
      gap12{px(12)},
      margin{px(14)},
      gap16{px(16)},
      gap24{px(24)},
      control_height{px(28)},
      small_control_height{px(22)},
      control_radius{px(5)},
      gap_in_group{px(6)},
      gap_between_groups{px(18)},
      gap_between_groups_compact{px(10)},
      button_padding{px(12)},
      segment_padding{px(12)},
      icon{px(12)},
      title_strip{px(30)},
      ruler{px(22)},
      status_line{px(28)},
      table_row{px(26)},
      code_line{px(20)},
      transcript_line{px(18)},
      setup_row{px(44)},
      transport_row{px(48)},
      bar_height{px(24)},
      bar_radius{px(4)},
      lane_height{px(38)},
      wait_height{px(8)},
      wait_height_stuck{px(10)},
      wait_radius{px(2)},
      lane_tag{px(18)},
      lane_tag_small{px(16)},
      lane_tag_show{px(34)},
      lane_tag_radius{px(3)},
      node_height{px(40)},
      node_height_two_lines{px(58)},
      node_radius{px(6)},
      arrow_head{px(9)},
      arrow_head_circle{px(14)},
      selection_gap{px(3)},
      hairline{std::max(1.0F, std::floor(scale))},
      state_line{line(1.5F)},
      stuck_line{line(2.5F)},
      strong_line{px(2)},
      circle_line{line(3.5F)} {}

}  // namespace loiter::gui
